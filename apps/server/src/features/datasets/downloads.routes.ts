import { downloadListSchema, downloadSchema, startDownloadSchema } from '@taikai/shared/wire/dataset'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { signedInViewer } from '../../http/access.ts'
import { createOfficialDownloads, type OfficialDownloadDeps } from './official-downloads.ts'

/** The server fetches official datasets itself, where it has internet. Only from addresses that it knows. */
export const downloadRoutes: FastifyPluginAsyncZod<Omit<OfficialDownloadDeps, 'logger'>> = async (
  app,
  deps,
) => {
  const downloads = createOfficialDownloads({ ...deps, logger: app.log })
  app.addHook('onClose', () => downloads.close())

  app.get(
    '/api/datasets/downloads',
    { config: { access: 'instructor' }, schema: { response: { 200: downloadListSchema } } },
    async () => ({ downloads: downloads.list() }),
  )

  app.post(
    '/api/datasets/downloads',
    {
      config: { access: 'instructor' },
      schema: { body: startDownloadSchema, response: { 202: downloadSchema } },
    },
    async (request, reply) => {
      const actor = { id: signedInViewer(request).id, ipAddress: request.ip }
      return reply.code(202).send(downloads.start({ ...request.body, actor }))
    },
  )
}
