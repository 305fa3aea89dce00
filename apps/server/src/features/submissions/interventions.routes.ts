import { submissionMaxFiles, submissionSchema } from '@taikai/shared/wire/submission'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { signedInViewer } from '../../http/access.ts'
import { registerUploadIntake, withUpload } from '../../http/upload-intake.ts'
import { actorOf } from '../audit/actor.ts'
import { createBaseline, requireRound } from './baselines.service.ts'
import { retrySubmission } from './retry.service.ts'
import { parseBaselineMeta } from './submission-meta.ts'
import type { SubmissionsRoutesOptions } from './submissions.routes.ts'
import { getSubmission } from './submissions.service.ts'

const config = { access: 'instructor' } as const
const submissionParams = z.object({ id: z.uuid() })
const roundParams = z.object({ slug: z.string() })

/** What only instructors do: score anew what failed, and submit a baseline. */
export const interventionRoutes: FastifyPluginAsyncZod<SubmissionsRoutesOptions> = async (app, deps) => {
  const { prisma, now } = deps
  await registerUploadIntake(app)

  app.post(
    '/api/submissions/:id/retry',
    { config, schema: { params: submissionParams, response: { 200: submissionSchema } } },
    async (request) => {
      const { id } = request.params
      await retrySubmission(deps, actorOf(request), id, now())
      return getSubmission(prisma, { id, viewer: signedInViewer(request), now: now() })
    },
  )

  app.post(
    '/api/rounds/:slug/baselines',
    { config, schema: { params: roundParams, response: { 201: submissionSchema } } },
    async (request, reply) => {
      const { receivedAt } = request
      const actor = actorOf(request)
      const round = await requireRound(deps, request.params.slug)
      const intake = {
        dataDir: deps.config.dataDir,
        fileFields: ['files'],
        maxBytes: deps.config.uploadMaxBytes,
        maxFiles: submissionMaxFiles,
        parseMeta: parseBaselineMeta,
      }
      const { id } = await withUpload(request, intake, ({ meta, files }) =>
        createBaseline(deps, actor, { round, receivedAt, meta, files }),
      )
      return reply
        .code(201)
        .send(await getSubmission(prisma, { id, viewer: signedInViewer(request), now: now() }))
    },
  )
}
