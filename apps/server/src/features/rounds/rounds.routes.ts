import {
  cloneRoundSchema,
  createRoundSchema,
  reopenRoundSchema,
  roundListSchema,
  roundSchema,
  updateRoundSchema,
} from '@taikai/shared/wire/round'
import type { FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { PrismaClient } from '../../generated/prisma/client.ts'
import { actorOf } from '../audit/actor.ts'
import { actOnRound, reopenRound, roundActions } from './life-cycle.service.ts'
import type { PublicCounts } from './public-counts.ts'
import { canSeeRound } from './rounds.policy.ts'
import { presentRound } from './rounds.presenter.ts'
import { listRoundsForViewer } from './rounds.repository.ts'
import { cloneRound, createRoundAs, deleteRound, updateRound, visibleRound } from './rounds.service.ts'

export type RoundDeps = { prisma: PrismaClient; publicCounts: PublicCounts; now: () => Date }

const params = z.object({ slug: z.string() })

export const roundRoutes: FastifyPluginAsyncZod<RoundDeps> = async (app, deps) => {
  const { prisma, now } = deps
  /** The round as the viewer sees it after what they did. */
  async function show(request: FastifyRequest, slug: string) {
    const round = await visibleRound(prisma, request.viewer, slug, now())
    return presentRound(round, request.viewer, now(), deps)
  }

  app.get(
    '/api/rounds',
    { config: { access: 'public' }, schema: { response: { 200: roundListSchema } } },
    async (request) => {
      const all = await listRoundsForViewer(prisma, request.viewer?.id ?? null)
      const visible = all.filter((round) =>
        canSeeRound(request.viewer, round, round.entries.length > 0, now()),
      )
      return {
        rounds: await Promise.all(visible.map((round) => presentRound(round, request.viewer, now(), deps))),
      }
    },
  )

  app.post(
    '/api/rounds',
    {
      config: { access: 'instructor' },
      schema: { body: createRoundSchema, response: { 201: roundSchema } },
    },
    async (request, reply) => {
      const { slug } = await createRoundAs(prisma, actorOf(request), request.body, now())
      return reply.code(201).send(await show(request, slug))
    },
  )

  app.get(
    '/api/rounds/:slug',
    { config: { access: 'public' }, schema: { params, response: { 200: roundSchema } } },
    async (request) => show(request, request.params.slug),
  )

  app.patch(
    '/api/rounds/:slug',
    {
      config: { access: 'instructor' },
      schema: { params, body: updateRoundSchema, response: { 200: roundSchema } },
    },
    async (request) => {
      await updateRound(prisma, actorOf(request), request.params.slug, request.body)
      return show(request, request.params.slug)
    },
  )

  app.delete(
    '/api/rounds/:slug',
    { config: { access: 'instructor' }, schema: { params, response: { 204: z.null() } } },
    async (request, reply) => {
      await deleteRound(prisma, actorOf(request), request.params.slug)
      return reply.code(204).send(null)
    },
  )

  app.post(
    '/api/rounds/:slug/clone',
    {
      config: { access: 'instructor' },
      schema: { params, body: cloneRoundSchema, response: { 201: roundSchema } },
    },
    async (request, reply) => {
      const { slug } = await cloneRound(prisma, actorOf(request), request.params.slug, request.body, now())
      return reply.code(201).send(await show(request, slug))
    },
  )

  for (const action of roundActions) {
    app.post(
      `/api/rounds/:slug/${action}`,
      { config: { access: 'instructor' }, schema: { params, response: { 200: roundSchema } } },
      async (request) => {
        await actOnRound(prisma, actorOf(request), request.params.slug, action, now())
        return show(request, request.params.slug)
      },
    )
  }

  app.post(
    '/api/rounds/:slug/reopen',
    {
      config: { access: 'instructor' },
      schema: { params, body: reopenRoundSchema, response: { 200: roundSchema } },
    },
    async (request) => {
      const { closesAt } = request.body
      const end = closesAt === null ? null : new Date(closesAt)
      await reopenRound(prisma, actorOf(request), request.params.slug, end, now())
      return show(request, request.params.slug)
    },
  )
}
