import {
  rescoreDetailSchema,
  rescoreListSchema,
  rescoreSchema,
  scoringRunListSchema,
  startRescoreSchema,
} from '@taikai/shared/wire/rescore'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { actorOf } from '../audit/actor.ts'
import {
  abandonRescore,
  getRescore,
  listRescores,
  listRuns,
  makeRescoreLive,
  type RescoreDeps,
  startRoundRescore,
  startSubmissionRescore,
} from './rescores.service.ts'

const config = { access: 'instructor' } as const
const roundParams = z.object({ slug: z.string() })
const rescoreParams = roundParams.extend({ id: z.uuid() })
const submissionParams = z.object({ id: z.uuid() })

/** For instructors only: participants can neither see nor stop a rescore. */
export const rescoreRoutes: FastifyPluginAsyncZod<RescoreDeps & { now: () => Date }> = async (app, deps) => {
  const { prisma, now } = deps

  app.post(
    '/api/submissions/:id/rescore',
    { config, schema: { params: submissionParams, response: { 201: rescoreSchema } } },
    async (request, reply) => {
      const rescore = await startSubmissionRescore(deps, actorOf(request), request.params.id)
      return reply.code(201).send(rescore)
    },
  )

  app.get(
    '/api/submissions/:id/runs',
    { config, schema: { params: submissionParams, response: { 200: scoringRunListSchema } } },
    async (request) => ({ runs: await listRuns(prisma, request.params.id) }),
  )

  app.post(
    '/api/rounds/:slug/rescores',
    {
      config,
      schema: { params: roundParams, body: startRescoreSchema, response: { 201: rescoreSchema } },
    },
    async (request, reply) => {
      const { slug } = request.params
      return reply.code(201).send(await startRoundRescore(deps, actorOf(request), slug, request.body))
    },
  )

  app.get(
    '/api/rounds/:slug/rescores',
    { config, schema: { params: roundParams, response: { 200: rescoreListSchema } } },
    async (request) => ({ rescores: await listRescores(prisma, request.params.slug) }),
  )

  app.get(
    '/api/rounds/:slug/rescores/:id',
    { config, schema: { params: rescoreParams, response: { 200: rescoreDetailSchema } } },
    async (request) => getRescore(prisma, request.params),
  )

  app.post(
    '/api/rounds/:slug/rescores/:id/make-live',
    { config, schema: { params: rescoreParams, response: { 200: rescoreDetailSchema } } },
    async (request) => makeRescoreLive(deps, actorOf(request), request.params, now()),
  )

  app.post(
    '/api/rounds/:slug/rescores/:id/abandon',
    { config, schema: { params: rescoreParams, response: { 200: rescoreDetailSchema } } },
    async (request) => abandonRescore(prisma, actorOf(request), request.params, now()),
  )
}
