import { isRankingFrozen } from '@taikai/shared/round-state'
import { historySchema } from '@taikai/shared/wire/history'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { PrismaClient } from '../../generated/prisma/client.ts'
import type { PublicCounts } from '../rounds/public-counts.ts'
import { rulesOf } from '../rounds/round-rules.ts'
import { visibleRound } from '../rounds/rounds.service.ts'
import { findHistory } from './history.repository.ts'
import { bestSoFar } from './history.ts'

export type HistoryDeps = { prisma: PrismaClient; publicCounts: PublicCounts; now: () => Date }

export const historyRoutes: FastifyPluginAsyncZod<HistoryDeps> = async (
  app,
  { prisma, publicCounts, now },
) => {
  app.get(
    '/api/rounds/:slug/history',
    {
      config: { access: 'public', apiKey: true },
      schema: { params: z.object({ slug: z.string() }), response: { 200: historySchema } },
    },
    async (request) => {
      const { viewer } = request
      const time = now()
      const round = await visibleRound(prisma, viewer, request.params.slug, time)
      const frozen = isRankingFrozen(round, time) && viewer?.role !== 'INSTRUCTOR'
      const ownEntryId = round.entries[0]?.id ?? null
      const rows = await findHistory(prisma, {
        roundId: round.id,
        frozenAt: frozen ? round.freezesAt : null,
        ownEntryId,
      })
      const { metric } = rulesOf(round)
      const entries = bestSoFar(metric, rows, ownEntryId).map(({ entryId, points }) => ({
        entryId,
        points: points.map(({ receivedAt, value }) => ({ receivedAt: receivedAt.toISOString(), value })),
      }))
      return { metric, publicCount: await publicCounts(round), entries }
    },
  )
}
