import { type Leaderboard, leaderboardSchema } from '@taikai/shared/wire/leaderboard'
import { stringify } from 'csv-stringify/sync'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { PrismaClient } from '../../generated/prisma/client.ts'
import { visibleRound } from '../rounds/rounds.service.ts'
import type { Leaderboards } from './leaderboard.service.ts'

export type LeaderboardDeps = { prisma: PrismaClient; leaderboards: Leaderboards; now: () => Date }

const params = z.object({ slug: z.string() })

/** For spreadsheets: a byte order mark, because Excel takes UTF-8 for the local code page without one, and no cell that is a formula. */
export function leaderboardCsv({ rows }: Leaderboard): string {
  const table = rows.map((row) => ({
    rank: row.rank,
    name: row.name,
    kind: row.kind,
    members: row.memberCount,
    correct: row.correct,
    total: row.total,
    accuracy: row.correct / row.total,
    accuracy_low: row.interval[0],
    accuracy_high: row.interval[1],
    top5_wrong: row.top5Wrong,
    parameters: row.parameters,
    submissions: row.submissionCount,
    received_at: row.receivedAt,
  }))
  const columns = [
    'rank',
    'name',
    'kind',
    'members',
    'correct',
    'total',
    'accuracy',
    'accuracy_low',
    'accuracy_high',
    'top5_wrong',
    'parameters',
    'submissions',
    'received_at',
  ]
  return stringify(table, {
    header: true,
    columns,
    bom: true,
    escape_formulas: true,
    record_delimiter: 'windows',
  })
}

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
