import { wilsonInterval } from '@taikai/shared/confidence-interval'
import type { Leaderboard } from '@taikai/shared/wire/leaderboard'
import type { PrismaClient } from '../../generated/prisma/client.ts'
import { type EventHub, refetchTopic } from '../../platform/events.ts'
import type { PublicCounts } from '../rounds/public-counts.ts'
import type { RoundRow } from '../rounds/rounds.repository.ts'
import { findStandings, type StandingRow } from './leaderboard.repository.ts'
import { rankRows } from './ranking.ts'

type ScoredRow = { [K in keyof StandingRow]: NonNullable<StandingRow[K]> }

function isScored(row: StandingRow): row is ScoredRow {
  return row.correct !== null
}

/** The ranking that everybody who may see the round sees. `publicCount`: public images of the round. */
function buildLeaderboard(
  round: Pick<RoundRow, 'slug' | 'dataset'>,
  standings: readonly StandingRow[],
  publicCount: number,
): Leaderboard {
  // With five classes or fewer every answer is among the first five.
  const hasTop5 = round.dataset.classNames.length > 5
  return {
    roundSlug: round.slug,
    publicCount,
    submissionCount: standings
      .filter(({ kind }) => kind === 'TEAM')
      .reduce((sum, { submissionCount }) => sum + submissionCount, 0),
    rows: rankRows(standings.filter(isScored)).map(({ top5Correct, receivedAt, ...row }) => ({
      ...row,
      interval: wilsonInterval(row.correct, row.total),
      top5Wrong: hasTop5 ? row.total - top5Correct : null,
      receivedAt: receivedAt.toISOString(),
    })),
  }
}

export type Leaderboards = (round: RoundRow) => Promise<Leaderboard>

/**
 * Rankings, computed once per change and kept until the next: when a result comes, every open page asks at once.
 * While events cannot be heard, nothing is kept.
 */
export function createLeaderboards(deps: {
  prisma: PrismaClient
  events: EventHub
  publicCounts: PublicCounts
}): Leaderboards {
  const snapshots = new Map<string, Promise<Leaderboard>>()
  deps.events.subscribe(({ topic }) => {
    if (topic === refetchTopic) snapshots.clear()
    else if (topic.startsWith('leaderboard/')) snapshots.delete(topic.slice('leaderboard/'.length))
  })

  async function compute(round: RoundRow): Promise<Leaderboard> {
    const [standings, publicCount] = await Promise.all([
      findStandings(deps.prisma, round.id),
      deps.publicCounts(round),
    ])
    return buildLeaderboard(round, standings, publicCount)
  }

  return (round) => {
    if (!deps.events.connected) return compute(round)
    const known = snapshots.get(round.slug)
    if (known !== undefined) return known
    const computing = compute(round)
    snapshots.set(round.slug, computing)
    computing.catch(() => snapshots.delete(round.slug))
    return computing
  }
}
