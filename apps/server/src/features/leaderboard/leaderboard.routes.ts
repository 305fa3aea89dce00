import type { LeaderboardView } from '@taikai/shared/leaderboard-view'
import {
  leaderboardQuerySchema,
  leaderboardSchema,
  publishRoundSchema,
} from '@taikai/shared/wire/leaderboard'
import { roundSchema } from '@taikai/shared/wire/round'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { PrismaClient } from '../../generated/prisma/client.ts'
import { signedInViewer } from '../../http/access.ts'
import type { Viewer } from '../../http/viewer.ts'
import type { KnownRounds } from '../rounds/known-rounds.ts'
import type { PublicCounts } from '../rounds/public-counts.ts'
import { presentRound } from '../rounds/rounds.presenter.ts'
import { visibleRound } from '../rounds/rounds.service.ts'
import { type Leaderboards, leaderboardFor } from './leaderboard.service.ts'
import { sendLeaderboard } from './leaderboard-answer.ts'
import { leaderboardCsv } from './leaderboard-csv.ts'
import { publishRound } from './publish.service.ts'

export type LeaderboardDeps = {
  prisma: PrismaClient
  leaderboards: Leaderboards
  knownRounds: KnownRounds
  publicCounts: PublicCounts
  now: () => Date
}

const params = z.object({ slug: z.string() })

export const leaderboardRoutes: FastifyPluginAsyncZod<LeaderboardDeps> = async (app, deps) => {
  const { prisma, leaderboards, knownRounds, publicCounts, now } = deps

  async function visibleLeaderboard(viewer: Viewer | null, slug: string, view: LeaderboardView) {
    const at = now()
    const round = await knownRounds.visible(viewer, slug, at)
    return leaderboardFor({ prisma, leaderboards }, { viewer, round, view, at })
  }

  app.get(
    '/api/rounds/:slug/leaderboard',
    {
      config: { access: 'public', apiKey: true },
      schema: { params, querystring: leaderboardQuerySchema, response: { 200: leaderboardSchema } },
    },
    async (request, reply) => {
      const leaderboard = await visibleLeaderboard(request.viewer, request.params.slug, request.query.view)
      await sendLeaderboard(request, reply, leaderboard)
      return reply
    },
  )

  app.get(
    '/api/rounds/:slug/leaderboard.csv',
    {
      config: { access: 'public', apiKey: true },
      schema: { params, querystring: leaderboardQuerySchema, response: { 200: z.string() } },
    },
    async (request, reply) => {
      const leaderboard = await visibleLeaderboard(request.viewer, request.params.slug, request.query.view)
      const name = `${leaderboard.roundSlug}-${leaderboard.view}-leaderboard.csv`
      reply.type('text/csv; charset=utf-8')
      reply.header('content-disposition', `attachment; filename="${name}"`)
      return leaderboardCsv(leaderboard)
    },
  )

  app.post(
    '/api/rounds/:slug/publish',
    {
      config: { access: 'instructor' },
      schema: { params, body: publishRoundSchema, response: { 200: roundSchema } },
    },
    async (request) => {
      const viewer = signedInViewer(request)
      const { slug } = request.params
      const actor = { id: viewer.id, ipAddress: request.ip }
      await publishRound({ prisma, publicCounts }, actor, slug, request.body, now())
      return presentRound(await visibleRound(prisma, viewer, slug, now()), viewer, now(), deps)
    },
  )
}
