import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import { TaikaiError } from '@taikai/shared/errors'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { isApiRoute } from './access.ts'
import { createPageWriter } from './page-writer.ts'

/** Where files are that never change: they have their content's hash in the name. */
export const assetPrefix = '/assets/'
const yearSeconds = 365 * 24 * 3600

/**
 * Serves the built pages from `webRoot`: its files as they are, and every other path that is not the API's as a page of the
 * single-page application.
 */
export async function registerWebPages(app: FastifyInstance, webRoot: string): Promise<void> {
  const page = await readFile(join(webRoot, 'index.html'), 'utf8')

  const writePage = await createPageWriter(app, webRoot)

  async function sendPage(request: FastifyRequest, reply: FastifyReply) {
    // The browser can draw every page by itself: a fault here costs its reader a second, not the page.
    const parts = await writePage(request, reply).catch((error: unknown) => {
      request.log.error({ err: error }, 'a page could not be written and is left to the browser')
      return null
    })
    let html = page
      .replaceAll('__STYLE_NONCE__', reply.nonces?.style ?? '')
      .replaceAll('__SCRIPT_NONCE__', reply.nonces?.script ?? '')
    if (parts !== null) {
      html = html
        .replace('<html lang="ja">', `<html lang="${parts.locale}">`)
        .replace('</head>', () => `${parts.head}</head>`)
        .replace('<div id="root"></div>', () => `<div id="root">${parts.root}</div>${parts.tail}`)
    }
    return (
      reply
        .type('text/html; charset=utf-8')
        // It may hold what is the viewer's own, and its nonces are this response's: a stored copy would be refused its styles.
        .header('cache-control', 'private, no-store')
        .send(html)
    )
  }

  await app.register(fastifyStatic, {
    root: webRoot,
    index: false,
    // A route per file, known from the start: asked for by any name, it would read whole folders for every answer, to be sure that
    // the name is spelt as on disk. The page on disk has no nonce yet.
    wildcard: false,
    globIgnore: ['index.html', '**/*.{br,gz}'],
    cacheControl: false,
    // The build puts a .br and a .gz beside what gains by it.
    preCompressed: true,
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
