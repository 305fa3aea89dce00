import { TaikaiError } from '@taikai/shared/errors'
import {
  datasetListSchema,
  datasetSchema,
  type ImportDataset,
  importDatasetSchema,
} from '@taikai/shared/wire/dataset'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Config } from '../../config.ts'
import { signedInViewer } from '../../http/access.ts'
import { registerUploadIntake, withUpload } from '../../http/upload-intake.ts'
import { type ImportDeps, importDataset, listDatasets, removeOrphanDatasetBlobs } from './datasets.service.ts'

/** The official archives of CIFAR-10 have 170 MB. */
const uploadMaxBytes = 512 * 1024 ** 2
const uploadMaxFiles = 20

export type DatasetRoutesOptions = ImportDeps & { config: Pick<Config, 'dataDir'> }

/** Datasets are seen and imported by instructors only. No route sends images or labels. */
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
      const actor = { id: signedInViewer(request).id, ipAddress: request.ip }
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
}

function parseMeta(value: unknown): ImportDataset {
  const parsed = importDatasetSchema.safeParse(value, { reportInput: true })
  if (parsed.success) return parsed.data
  throw new TaikaiError('UPLOAD_META_INVALID', {}, { cause: parsed.error })
}
