import { trainingSampleQuerySchema } from '@taikai/shared/wire/dataset'
import { slugSchema } from '@taikai/shared/wire/round'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { PrismaClient } from '../../generated/prisma/client.ts'
import { binarySchema } from '../../http/binary-response.ts'
import type { BlobStore } from '../../platform/blob-store.ts'
import { visibleRound } from '../rounds/rounds.service.ts'
import { createTrainingMean } from './training-mean.ts'
import { trainingSampleNpz, trainingSampleZip } from './training-sample.ts'

export type TrainingSampleDeps = { prisma: PrismaClient; blobs: BlobStore; now: () => Date }

const files = [
  { suffix: 'npz', mediaType: 'application/octet-stream', make: trainingSampleNpz },
  { suffix: 'zip', mediaType: 'application/zip', make: trainingSampleZip },
] as const

/** Some training images of a round's dataset, for all who may see the round. */
export const trainingSampleRoutes: FastifyPluginAsyncZod<TrainingSampleDeps> = async (app, deps) => {
  const { prisma, blobs, now } = deps
  const sampleDeps = { blobs, trainingMean: createTrainingMean(blobs) }
  for (const { suffix, mediaType, make } of files) {
    app.get(
      `/api/rounds/:slug/training-sample.${suffix}`,
      {
        config: { access: 'public', limit: 'download' },
        schema: {
          params: z.object({ slug: slugSchema }),
          querystring: trainingSampleQuerySchema,
          response: { 200: binarySchema },
        },
      },
      async (request, reply) => {
        const round = await visibleRound(prisma, request.viewer, request.params.slug, now())
        const file = await make(sampleDeps, round.dataset, request.query.count)
        reply.type(mediaType)
        reply.header('content-disposition', `attachment; filename="${round.slug}-training-sample.${suffix}"`)
        return Buffer.from(file.buffer, file.byteOffset, file.byteLength)
      },
    )
  }
}
