import { TaikaiError } from '@taikai/shared/errors'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { PrismaClient } from '../../generated/prisma/client.ts'
import { signedInViewer } from '../../http/access.ts'
import { binarySchema } from '../../http/binary-response.ts'
import type { BlobStore } from '../../platform/blob-store.ts'
import { canSeeSubmission } from './submissions.policy.ts'
import { findStoredFile } from './submissions.repository.ts'

type Deps = { prisma: PrismaClient; blobs: BlobStore }

const params = z.object({ id: z.uuid(), position: z.coerce.number().int().min(0).max(10_000) })

/**
 * The files of a submission as they were uploaded, by their place in its list: names are long, repeat what cannot stand in a path,
 * and are never one here. For its entry's members and instructors.
 */
export const submissionFileRoutes: FastifyPluginAsyncZod<Deps> = async (app, { prisma, blobs }) => {
  app.get(
    '/api/submissions/:id/files/:position',
    {
      config: { access: 'signed-in', apiKey: true, limit: 'download' },
      schema: { params, response: { 200: binarySchema } },
    },
    async (request, reply) => {
      const { id, position } = request.params
      const file = await findStoredFile(prisma, id, position)
      if (file === null || !canSeeSubmission(signedInViewer(request), file.submission)) {
        throw new TaikaiError('NOT_FOUND')
      }
      reply.type('application/octet-stream')
      reply.header('content-length', file.bytes)
      // RFC 8187; a page of ours must never show what somebody uploaded.
      reply.header('content-disposition', `attachment; filename*=UTF-8''${encodeRfc8187(file.name)}`)
      return blobs.read(file.blobKey)
    },
  )
}

function encodeRfc8187(name: string): string {
  return encodeURIComponent(name.toWellFormed()).replace(
    /['()*]/g,
    (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}
