import { standingSchema } from '@taikai/shared/wire/standing'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { signedInViewer } from '../../http/access.ts'
import { getStanding, type StandingDeps } from './standing.service.ts'

/** For a submission's team and instructors. */
export const standingRoutes: FastifyPluginAsyncZod<StandingDeps> = async (app, deps) => {
  app.get(
    '/api/submissions/:id/standing',
    {
      config: { access: 'signed-in', apiKey: true },
      schema: { params: z.object({ id: z.uuid() }), response: { 200: standingSchema } },
    },
    async (request) => getStanding(deps, request.params.id, signedInViewer(request)),
  )
}
