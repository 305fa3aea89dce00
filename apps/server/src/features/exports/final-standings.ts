import { gradeValue } from '@taikai/shared/grading'
import type { RankingMetric } from '@taikai/shared/ranking-metric'
import type { LeaderboardRow } from '@taikai/shared/wire/leaderboard'
import type { PrismaClient } from '../../generated/prisma/client.ts'
import type { Viewer } from '../../http/viewer.ts'
import { boardFor } from '../leaderboard/leaderboard.policy.ts'
import type { Leaderboards } from '../leaderboard/leaderboard.service.ts'
import { visibleRound } from '../rounds/rounds.service.ts'
import { type ExportedEntry, findExportedEntries } from './exports.repository.ts'

export type StandingsDeps = { prisma: PrismaClient; leaderboards: Leaderboards; now: () => Date }

/** An entry with its rows of both rankings; null where it is in none. */
export type Standing = {
  entry: ExportedEntry
  final: LeaderboardRow | null
  shown: LeaderboardRow | null
}
export type FinalStandings = {
  slug: string
  metric: RankingMetric
  /** Whether these are the published standings; else the final ranking as it would be now. */
  published: boolean
  standings: Standing[]
}

/** Every entry of a round in the order of the final ranking, those without a place last. For instructors. Throws NOT_FOUND. */
export async function finalStandings(
  { prisma, leaderboards, now }: StandingsDeps,
  viewer: Viewer,
  slug: string,
): Promise<FinalStandings> {
  const round = await visibleRound(prisma, viewer, slug, now())
  const final = await leaderboards(round, boardFor(viewer, round, 'final', now()))
  const shown = await leaderboards(round, { kind: 'public', receivedBefore: null })
  const entries = await findExportedEntries(prisma, round.id)
  const byId = new Map(entries.map((entry) => [entry.id, entry]))
  const shownById = new Map(shown.rows.map((row) => [row.entryId, row]))
  const placed = final.rows.flatMap((row) => {
    const entry = byId.get(row.entryId)
    byId.delete(row.entryId)
    return entry === undefined ? [] : [{ entry, final: row, shown: shownById.get(row.entryId) ?? null }]
  })
  const others = [...byId.values()].map((entry) => ({
    entry,
    final: null,
    shown: shownById.get(entry.id) ?? null,
  }))
  const { metric, version } = final
  return { slug, metric, published: version !== null, standings: [...placed, ...others] }
}

/** The value of the round's metric in a row; null without one. */
export function valueIn(metric: RankingMetric, row: LeaderboardRow | null): number | null {
  return row === null ? null : gradeValue(metric, row)
}
