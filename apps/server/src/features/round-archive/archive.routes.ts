import { randomUUID } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { TaikaiError } from '@taikai/shared/errors'
import { importedRoundSchema } from '@taikai/shared/wire/round-archive'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Config } from '../../config.ts'
import type { PrismaClient } from '../../generated/prisma/client.ts'
import { binarySchema } from '../../http/binary-response.ts'
import { sendMadeFile } from '../../http/send-file.ts'
import { registerUploadIntake, withUpload } from '../../http/upload-intake.ts'
import type { BlobStore } from '../../platform/blob-store.ts'
import { actorOf } from '../audit/actor.ts'
import { recordAudit } from '../audit/audit.repository.ts'
import { visibleRound } from '../rounds/rounds.service.ts'
import { exportRound } from './export-round.ts'
import { importRound } from './import-round.ts'

export type ArchiveDeps = {
  config: Pick<Config, 'dataDir'>
  prisma: PrismaClient
  blobs: BlobStore
  now: () => Date
}

const uploadMaxBytes = 4 * 1024 ** 3
const metaSchema = z.strictObject({})

/** A round as one zip. It holds hidden images and labels, and so is for instructors alone. */
export const archiveRoutes: FastifyPluginAsyncZod<ArchiveDeps> = async (app, deps) => {
  const { config, prisma, now } = deps
  await registerUploadIntake(app)

  app.get(
    '/api/rounds/:slug/export.zip',
    {
      config: { access: 'instructor' },
      schema: { params: z.object({ slug: z.string() }), response: { 200: binarySchema } },
    },
    async (request, reply) => {
      const { slug } = await visibleRound(prisma, request.viewer, request.params.slug, now())
      await recordAudit(prisma, {
        actor: actorOf(request),
        action: 'round.export',
        subjectType: 'round',
        subjectId: slug,
      })
      return sendMadeFile(reply, {
        dataDir: config.dataDir,
        name: `${slug}-round.zip`,
        mediaType: 'application/zip',
        make: (path) => exportRound(deps, slug, path),
      })
    },
  )

  app.post(
    '/api/rounds/import',
    { config: { access: 'instructor' }, schema: { response: { 201: importedRoundSchema } } },
    async (request, reply) => {
      const intake = {
        dataDir: config.dataDir,
        fileFields: ['file'],
        maxBytes: uploadMaxBytes,
        maxFiles: 1,
        parseMeta: (value: unknown) => {
          const parsed = metaSchema.safeParse(value)
          if (!parsed.success) throw new TaikaiError('UPLOAD_META_INVALID', {}, { cause: parsed.error })
          return parsed.data
        },
      }
      const imported = await withUpload(request, intake, async ({ files: [file] }) => {
        if (file === undefined) throw new TaikaiError('UPLOAD_NO_FILES')
        // Within the upload's own folder, which goes when all is done.
        const folder = join(dirname(file.path), randomUUID())
        await mkdir(folder)
        return importRound(deps, actorOf(request), { path: file.path, folder })
      })
      return reply.code(201).send(imported)
    },
  )
}
