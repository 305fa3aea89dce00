import { TaikaiError } from '@taikai/shared/errors'
import {
  classHistogramSchema,
  contactSheetQuerySchema,
  datasetListSchema,
  datasetSchema,
  type ImportDataset,
  importDatasetSchema,
} from '@taikai/shared/wire/dataset'
import type { FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Config } from '../../config.ts'
import { signedInViewer } from '../../http/access.ts'
import { binarySchema } from '../../http/binary-response.ts'
import { registerUploadIntake, withUpload } from '../../http/upload-intake.ts'
import type { Actor } from '../audit/audit.repository.ts'
import {
  classHistogram,
  datasetContactSheet,
  deleteDataset,
  type ImportDeps,
  importDataset,
  listDatasets,
  removeOrphanDatasetBlobs,
} from './datasets.service.ts'

/** The official archives of CIFAR-10 have 170 MB. */
const uploadMaxBytes = 512 * 1024 ** 2
const uploadMaxFiles = 20

export type DatasetRoutesOptions = ImportDeps & { config: Pick<Config, 'dataDir'> }

const params = z.object({ id: z.uuid() })

/** Datasets are seen, imported and deleted by instructors only; nobody else gets a hidden image or a label. */
export const datasetRoutes: FastifyPluginAsyncZod<DatasetRoutesOptions> = async (app, deps) => {
  await registerUploadIntake(app)
  app.addHook('onReady', () => removeOrphanDatasetBlobs(deps))

  app.get(
    '/api/datasets',
    { config: { access: 'instructor' }, schema: { response: { 200: datasetListSchema } } },
    async () => ({ datasets: await listDatasets(deps.prisma) }),
  )

  app.post(
    '/api/datasets',
    { config: { access: 'instructor' }, schema: { response: { 201: datasetSchema } } },
    async (request, reply) => {
      const actor = actorOf(request)
      const intake = {
        dataDir: deps.config.dataDir,
        fileFields: ['hidden', 'train'],
        maxBytes: uploadMaxBytes,
        maxFiles: uploadMaxFiles,
        parseMeta,
      }
      const dataset = await withUpload(request, intake, async ({ meta, files }) => {
        const hidden = files.filter(({ field }) => field === 'hidden')
        const train = files.filter(({ field }) => field === 'train')
        return importDataset(deps, { ...meta, hidden, train, actor })
      })
      return reply.code(201).send(dataset)
    },
  )

  app.delete(
    '/api/datasets/:id',
    { config: { access: 'instructor' }, schema: { params, response: { 204: z.null() } } },
    async (request, reply) => {
      await deleteDataset(deps, actorOf(request), request.params.id)
      return reply.code(204).send(null)
    },
  )

  app.get(
    '/api/datasets/:id/histogram',
    { config: { access: 'instructor' }, schema: { params, response: { 200: classHistogramSchema } } },
    async (request) => classHistogram(deps, request.params.id),
  )

  app.get(
    '/api/datasets/:id/contact-sheet.png',
    {
      config: { access: 'instructor' },
      schema: { params, querystring: contactSheetQuerySchema, response: { 200: binarySchema } },
    },
    async (request, reply) => {
      reply.type('image/png')
      return datasetContactSheet(deps, request.params.id, request.query)
    },
  )
}

function actorOf(request: FastifyRequest): Actor {
  return { id: signedInViewer(request).id, ipAddress: request.ip }
}

function parseMeta(value: unknown): ImportDataset {
  const parsed = importDatasetSchema.safeParse(value, { reportInput: true })
  if (parsed.success) return parsed.data
  throw new TaikaiError('UPLOAD_META_INVALID', {}, { cause: parsed.error })
}
