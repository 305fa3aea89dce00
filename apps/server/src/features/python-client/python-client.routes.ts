import { readFile } from 'node:fs/promises'
import type { FastifyPluginAsync } from 'fastify'

/** `publicUrl`: the server's own address, null where the configuration does not say. */
export type PythonClientDeps = { publicUrl: string | null }

const folder = new URL('../../../python/', import.meta.url)
const files = [
  { name: 'taikai.py', type: 'text/x-python; charset=utf-8' },
  { name: 'starter.ja.ipynb', type: 'application/x-ipynb+json; charset=utf-8' },
  { name: 'starter.en.ipynb', type: 'application/x-ipynb+json; charset=utf-8' },
]
const placeholder = '__TAIKAI_SERVER__'

/**
 * GET /taikai.py and the starter notebooks: files for everybody, with the server's address in them. It comes from the
 * configuration, never from the request's Host header, which whoever asks may choose; without it the user gives it.
 */
export const pythonClientRoutes: FastifyPluginAsync<PythonClientDeps> = async (app, { publicUrl }) => {
  for (const { name, type } of files) {
    const text = await readFile(new URL(name, folder), 'utf8')
    const served = text.replaceAll(placeholder, publicUrl?.replace(/\/$/, '') ?? '')
    app.get(`/${name}`, async (_request, reply) =>
      reply.type(type).header('content-disposition', `attachment; filename="${name}"`).send(served),
    )
  }
}
