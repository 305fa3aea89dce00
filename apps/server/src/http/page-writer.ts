import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { localeOfCookies } from '@taikai/shared/locale'
import type { WritePage } from '@taikai/shared/written-page'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'

const chunkSchema = z.object({
  file: z.string(),
  css: z.array(z.string()).default([]),
  imports: z.array(z.string()).default([]),
  isEntry: z.boolean().default(false),
})
type Manifest = Record<string, z.infer<typeof chunkSchema>>

/** What goes into a page's HTML: its language, the end of its head, its content, and what follows that. */
type PageParts = { locale: string; head: string; root: string; tail: string }

/**
 * Writes pages as whoever asks would see them. Where their data comes from is this service's own API, asked with the cookies of the
 * request for the page: a page holds nothing that its viewer could not ask for. Gives null where the browser has to draw by itself.
 */
export async function createPageWriter(
  app: FastifyInstance,
  webRoot: string,
): Promise<(request: FastifyRequest, reply: FastifyReply) => Promise<PageParts | null>> {
  const manifest = z
    .record(z.string(), chunkSchema)
    .parse(JSON.parse(await readFile(join(webRoot, '.vite/manifest.json'), 'utf8')))
  const { writePage }: { writePage: WritePage } = await import(
    pathToFileURL(join(webRoot, '.server/write-page.js')).href
  )

  return async (request, reply) => {
    const locale = localeOfCookies(request.headers.cookie ?? '')
    const written = await writePage({
      url: request.url,
      locale,
      styleNonce: reply.nonces?.style ?? '',
      ask: (path) => askAsViewer(app, request, reply, path),
    })
    if (written === null) return null
    const { root, tail, modules } = written
    return { locale, head: written.head + links(manifest, modules), root, tail }
  }
}

/** The API's answer to whoever asks for a page. A session that it renews is renewed by the page. */
async function askAsViewer(
  app: FastifyInstance,
  request: FastifyRequest,
  reply: FastifyReply,
  path: string,
): Promise<Response> {
  const { cookie } = request.headers
  const answer = await app.inject({
    url: path,
    remoteAddress: request.ip,
    headers: cookie === undefined ? {} : { cookie },
  })
  const renewed = answer.headers['set-cookie']
  if (renewed !== undefined) reply.header('set-cookie', renewed)
  return new Response(answer.body, {
    status: answer.statusCode,
    headers: { 'content-type': String(answer.headers['content-type']) },
  })
}

/** Styles of modules and of what they import, so that nothing is seen without them, and their scripts, fetched meanwhile. */
function links(manifest: Manifest, modules: readonly string[]): string {
  const seen = new Set<string>()
  const chunks: Manifest[string][] = []
  const add = (key: string): void => {
    const chunk = manifest[key]
    if (chunk === undefined) throw new Error(`the build has no ${key}`)
    if (seen.has(key) || chunk.isEntry) return
    seen.add(key)
    chunk.imports.forEach(add)
    chunks.push(chunk)
  }
  modules.forEach(add)
  const styles = chunks.flatMap(({ css }) => css)
  return [
    ...styles.map((file) => `<link rel="stylesheet" crossorigin href="/${file}">`),
    ...chunks.map(({ file }) => `<link rel="modulepreload" crossorigin href="/${file}">`),
  ].join('')
}
