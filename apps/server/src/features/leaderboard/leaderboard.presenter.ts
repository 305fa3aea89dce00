import { metricInterval } from '@taikai/shared/confidence-interval'
import {
  hasTieGroups,
  isMetricAvailable,
  type RankingMetric,
  roundedSteps,
} from '@taikai/shared/ranking-metric'
import type { LeaderboardRow } from '@taikai/shared/wire/leaderboard'
import type { Round } from '../../generated/prisma/client.ts'
import type { StandingRow } from './leaderboard.repository.ts'
import { rankRows } from './ranking.ts'
import { rankingName } from './ranking-name.ts'
import { readCorrectness } from './statistics/correctness.ts'
import { tieGroups } from './statistics/tie-groups.ts'

export type PresentedRound = Pick<Round, 'rankingNames' | 'splitSeed'> & {
  metric: RankingMetric
  dataset: { classNames: readonly string[] }
}

/** Standings in the order of the ranking. `publicRanks`: of entries, for the final view; empty for the public one. */
export function presentRows(
  round: PresentedRound,
  standings: readonly StandingRow[],
  publicRanks: ReadonlyMap<string, number | null>,
): LeaderboardRow[] {
  const { metric } = round
  const ranked = rankRows(metric, standings)
  const groups = tieGroupOf(metric, ranked)
  const hasTop5 = isMetricAvailable('top5-error', round.dataset.classNames.length)
  return ranked.map((row) => ({
    rank: row.rank,
    entryId: row.entryId,
    name: rankingName(round, row),
    kind: row.kind,
    memberCount: row.memberNames.length,
    correct: row.correct,
    total: row.total,
    top5Wrong: hasTop5 ? row.total - row.top5Correct : null,
    crossEntropy: rounded(row.crossEntropy),
    squaredError: rounded(row.squaredError),
    macroF1: rounded(row.macroF1),
    interval: metricInterval(metric, row),
    tieGroup: groups.get(row.entryId) ?? null,
    parameters: row.parameters,
    macs: row.macs,
    submissionCount: row.submissionCount,
    receivedAt: row.receivedAt.toISOString(),
    publicRank: publicRanks.get(row.entryId) ?? null,
  }))
}

/** The group of every team, in a ranking by a metric that has groups. */
function tieGroupOf(metric: RankingMetric, ranked: readonly StandingRow[]): Map<string, number> {
  if (!hasTieGroups(metric)) return new Map()
  const teams = ranked.filter(({ kind }) => kind === 'TEAM')
  // While a rescore on another version of the dataset comes in between, rows are not all of the same images.
  if (new Set(teams.map(({ datasetId }) => datasetId)).size > 1) return new Map()
  const places = tieGroups(
    teams.map(({ correctBits, top5Bits }) =>
      readCorrectness(metric === 'top5-error' ? top5Bits : correctBits),
    ),
  )
  return new Map(places.map(({ group }, index) => [teams[index]?.entryId ?? '', group]))
}

function rounded(value: number): number {
  return Math.round(value * roundedSteps) / roundedSteps
}
