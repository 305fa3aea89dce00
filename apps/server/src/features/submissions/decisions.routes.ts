import { disqualifySchema, finalPickSchema, submissionSchema } from '@taikai/shared/wire/submission'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { PrismaClient } from '../../generated/prisma/client.ts'
import { signedInViewer } from '../../http/access.ts'
import { actorOf } from '../audit/actor.ts'
import type { RenewStandings } from '../leaderboard/publish.service.ts'
import { setDisqualified, setFinalPick } from './decisions.service.ts'
import { getSubmission } from './submissions.service.ts'

const params = z.object({ id: z.uuid() })
const response = { 200: submissionSchema }

/** What is decided about a submission that is there: by its owners whether it is picked, by instructors whether it counts. */
type DecisionDeps = { prisma: PrismaClient; renewStandings: RenewStandings; now: () => Date }

export const decisionRoutes: FastifyPluginAsyncZod<DecisionDeps> = async (app, deps) => {
  const { prisma, now } = deps

  app.put(
    '/api/submissions/:id/final',
    { config: { access: 'signed-in', apiKey: true }, schema: { params, body: finalPickSchema, response } },
    async (request) => {
      const viewer = signedInViewer(request)
      const { id } = request.params
      await setFinalPick(prisma, actorOf(request), { id, viewer, pick: request.body.pick, now: now() })
      return getSubmission(prisma, { id, viewer, now: now() })
    },
  )

  app.post(
    '/api/submissions/:id/disqualify',
    { config: { access: 'instructor' }, schema: { params, body: disqualifySchema, response } },
    async (request) => {
      const { id } = request.params
      const { reason } = request.body
      await setDisqualified(deps, actorOf(request), id, { at: now(), reason })
      return getSubmission(prisma, { id, viewer: signedInViewer(request), now: now() })
    },
  )

  app.delete(
    '/api/submissions/:id/disqualify',
    { config: { access: 'instructor' }, schema: { params, response } },
    async (request) => {
      const { id } = request.params
      await setDisqualified(deps, actorOf(request), id, null)
      return getSubmission(prisma, { id, viewer: signedInViewer(request), now: now() })
    },
  )
}
