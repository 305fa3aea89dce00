import { roundSchema, updateRoundSchema } from '@taikai/shared/wire/round'
import { changeEffectsSchema, undoSchema } from '@taikai/shared/wire/round-changes'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { actorOf } from '../audit/actor.ts'
import { presentRound } from '../rounds/rounds.presenter.ts'
import type { RoundDeps } from '../rounds/rounds.routes.ts'
import { visibleRound } from '../rounds/rounds.service.ts'
import { effectsOfChange } from './changes.service.ts'
import { undoLastAction, undoOf } from './undo.service.ts'

const params = z.object({ slug: z.string() })

/** What instructors are told before they change a round, and the way back. */
export const roundChangeRoutes: FastifyPluginAsyncZod<RoundDeps> = async (app, deps) => {
  const { prisma, now } = deps

  app.post(
    '/api/rounds/:slug/changes',
    {
      config: { access: 'instructor' },
      schema: { params, body: updateRoundSchema, response: { 200: changeEffectsSchema } },
    },
    async (request) => effectsOfChange(prisma, request.params.slug, request.body, now()),
  )

  app.get(
    '/api/rounds/:slug/undo',
    { config: { access: 'instructor' }, schema: { params, response: { 200: undoSchema } } },
    async (request) => ({ action: await undoOf(prisma, request.params.slug, now()) }),
  )

  app.post(
    '/api/rounds/:slug/undo',
    { config: { access: 'instructor' }, schema: { params, response: { 200: roundSchema } } },
    async (request) => {
      const { slug } = request.params
      await undoLastAction(prisma, actorOf(request), slug, now())
      const round = await visibleRound(prisma, request.viewer, slug, now())
      return presentRound(round, request.viewer, now(), deps)
    },
  )
}
