import { leaderboardSchema } from '@taikai/shared/wire/leaderboard'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { PrismaClient } from '../../generated/prisma/client.ts'
import { visibleRound } from '../rounds/rounds.service.ts'
import type { Leaderboards } from './leaderboard.service.ts'
import { leaderboardCsv } from './leaderboard-csv.ts'

export type LeaderboardDeps = { prisma: PrismaClient; leaderboards: Leaderboards; now: () => Date }

const params = z.object({ slug: z.string() })

export const leaderboardRoutes: FastifyPluginAsyncZod<LeaderboardDeps> = async (app, deps) => {
  const { prisma, leaderboards, now } = deps

  app.get(
    '/api/rounds/:slug/leaderboard',
    {
      config: { access: 'public', apiKey: true },
      schema: { params, response: { 200: leaderboardSchema } },
    },
    async (request) => leaderboards(await visibleRound(prisma, request.viewer, request.params.slug, now())),
  )

  app.get(
    '/api/rounds/:slug/leaderboard.csv',
    { config: { access: 'public', apiKey: true }, schema: { params, response: { 200: z.string() } } },
    async (request, reply) => {
      const round = await visibleRound(prisma, request.viewer, request.params.slug, now())
      const csv = leaderboardCsv(await leaderboards(round))
      reply.type('text/csv; charset=utf-8')
      reply.header('content-disposition', `attachment; filename="${round.slug}-leaderboard.csv"`)
      return csv
    },
  )
}
