import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import { TaikaiError } from '@taikai/shared/errors'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { isApiRoute } from './access.ts'

const noncePlaceholder = '__CSP_NONCE__'
const assetPrefix = '/assets/'
const yearSeconds = 365 * 24 * 3600

/**
 * Serves the built pages from `webRoot`. Files under /assets/ have their content's hash in the name and never change;
 * every other path that is not the API's is a page of the single-page application.
 */
export async function registerWebPages(app: FastifyInstance, webRoot: string): Promise<void> {
  const page = await readFile(join(webRoot, 'index.html'), 'utf8')

  const sendPage = (_request: FastifyRequest, reply: FastifyReply) =>
    reply
      .type('text/html; charset=utf-8')
      // The nonce is this response's own: a stored copy would be refused its styles.
      .header('cache-control', 'no-store')
      .send(page.replaceAll(noncePlaceholder, reply.cspNonce.style))

  await app.register(fastifyStatic, {
    root: webRoot,
    index: false,
    cacheControl: false,
    dotfiles: 'ignore',
    // The build puts a .br and a .gz beside what gains by it.
    preCompressed: true,
    // The page on disk has no nonce yet, and folders are not shown.
    allowedPath: (path) => path !== '/index.html' && !path.endsWith('/'),
    setHeaders: (response, path) => {
      const immutable = path.startsWith(join(webRoot, assetPrefix))
      response.header('cache-control', immutable ? `public, max-age=${yearSeconds}, immutable` : 'no-cache')
    },
  })
  app.setNotFoundHandler((request, reply) => {
    const isPage = request.method === 'GET' || request.method === 'HEAD'
    const [path = ''] = request.url.split('?')
    if (!isPage || isApiRoute(path) || path.startsWith(assetPrefix)) throw new TaikaiError('NOT_FOUND')
    return sendPage(request, reply)
  })
}
