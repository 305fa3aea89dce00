import { TaikaiError } from '@taikai/shared/errors'
import { slugSchema } from '@taikai/shared/wire/round'
import {
  submissionHeadersSchema,
  submissionListSchema,
  submissionMaxFiles,
  submissionSchema,
} from '@taikai/shared/wire/submission'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { PrismaClient } from '../../generated/prisma/client.ts'
import { signedInViewer } from '../../http/access.ts'
import { registerUploadIntake, withUpload } from '../../http/upload-intake.ts'
import type { ScoringQueue } from '../../jobs/scoring-queue.ts'
import type { BlobStore } from '../../platform/blob-store.ts'
import type { InspectModel } from '../../scoring/inspector.ts'
import { actorOf } from '../audit/actor.ts'
import { requireQuota } from '../quota/quota.service.ts'
import { visibleRound } from '../rounds/rounds.service.ts'
import { parseSubmissionMeta } from './submission-meta.ts'
import { assertBodyInTime, assertRoundAccepts } from './submissions.policy.ts'
import { findUploaded } from './submissions.repository.ts'
import { cancelSubmission, createSubmission, getSubmission, listSubmissions } from './submissions.service.ts'

export type SubmissionsRoutesOptions = {
  config: { dataDir: string; uploadMaxBytes: number }
  prisma: PrismaClient
  blobs: BlobStore
  queue: ScoringQueue
  inspect: InspectModel
  now: () => Date
}

const roundParams = z.object({ slug: slugSchema })
const submissionParams = z.object({ id: z.uuid() })
const ownersAndScripts = { access: 'signed-in', apiKey: true } as const

export const submissionsRoutes: FastifyPluginAsyncZod<SubmissionsRoutesOptions> = async (app, deps) => {
  const { prisma, now } = deps
  await registerUploadIntake(app)

  app.post(
    '/api/rounds/:slug/submissions',
    {
      config: { ...ownersAndScripts, limit: 'submit' },
      schema: {
        params: roundParams,
        headers: submissionHeadersSchema,
        response: { 201: submissionSchema },
      },
    },
    async (request, reply) => {
      const viewer = signedInViewer(request)
      const { receivedAt } = request
      const uploadKey = request.headers['idempotency-key'] ?? null
      // Everything that can be refused is refused before the body is read.
      const round = await visibleRound(prisma, viewer, request.params.slug, now())
      const [entry] = round.entries
      if (entry === undefined) throw new TaikaiError('ROUND_NOT_JOINED')
      // What arrived before is answered before rules that it may have met then and would not now.
      const sentBefore = await findUploaded(prisma, entry.id, uploadKey)
      if (sentBefore !== null) {
        return reply.code(201).send(await getSubmission(prisma, { id: sentBefore.id, viewer, now: now() }))
      }
      assertRoundAccepts(round, receivedAt)
      await Promise.all([requireQuota(prisma, round, entry.id, receivedAt), deps.blobs.ping()])
      const { id } = await withUpload(
        request,
        {
          dataDir: deps.config.dataDir,
          fileFields: ['files'],
          maxBytes: Math.min(round.uploadMaxBytes, deps.config.uploadMaxBytes),
          maxFiles: submissionMaxFiles,
          parseMeta: parseSubmissionMeta,
        },
        async ({ meta, files }) => {
          assertBodyInTime(round, now())
          const sender = { entryId: entry.id, submittedById: viewer.id, receivedAt, uploadKey }
          return createSubmission(deps, { round, ...sender, meta, files })
        },
      )
      return reply.code(201).send(await getSubmission(prisma, { id, viewer, now: now() }))
    },
  )

  app.get(
    '/api/rounds/:slug/submissions',
    { config: ownersAndScripts, schema: { params: roundParams, response: { 200: submissionListSchema } } },
    async (request) => {
      const viewer = signedInViewer(request)
      const round = await visibleRound(prisma, viewer, request.params.slug, now())
      const [entry] = round.entries
      if (viewer.role === 'INSTRUCTOR') {
        return {
          submissions: await listSubmissions(prisma, {
            roundId: round.id,
            entryId: null,
            viewer,
            now: now(),
          }),
        }
      }
      if (entry === undefined) return { submissions: [] }
      return {
        submissions: await listSubmissions(prisma, {
          roundId: round.id,
          entryId: entry.id,
          viewer,
          now: now(),
        }),
      }
    },
  )

  app.get(
    '/api/submissions/:id',
    { config: ownersAndScripts, schema: { params: submissionParams, response: { 200: submissionSchema } } },
    async (request) =>
      getSubmission(prisma, { id: request.params.id, viewer: signedInViewer(request), now: now() }),
  )

  app.delete(
    '/api/submissions/:id',
    { config: ownersAndScripts, schema: { params: submissionParams, response: { 200: submissionSchema } } },
    async (request) => {
      const { id } = request.params
      const viewer = signedInViewer(request)
      await cancelSubmission(prisma, actorOf(request), { id, viewer, now: now() })
      return getSubmission(prisma, { id, viewer, now: now() })
    },
  )
}
