import { metricInterval } from '@taikai/shared/confidence-interval'
import {
  hasTieGroups,
  isMetricAvailable,
  type RankingMetric,
  roundedSteps,
} from '@taikai/shared/ranking-metric'
import type { Leaderboard, LeaderboardRow } from '@taikai/shared/wire/leaderboard'
import type { StandingRow } from './leaderboard.repository.ts'
import { rankRows } from './ranking.ts'
import { readCorrectness } from './statistics/correctness.ts'
import { tieGroups } from './statistics/tie-groups.ts'

export type PresentedRound = { metric: RankingMetric; dataset: { classNames: readonly string[] } }

/**
 * Standings in the order of the ranking. `names`: of all entries, as others see them. `publicRanks`: of entries, for the final view;
 * empty for the public one.
 */
export function presentRows(
  round: PresentedRound,
  standings: readonly StandingRow[],
  names: ReadonlyMap<string, string>,
  publicRanks: ReadonlyMap<string, number | null>,
): LeaderboardRow[] {
  const { metric } = round
  const ranked = rankRows(metric, standings)
  const groups = tieGroupOf(metric, ranked)
  const hasTop5 = isMetricAvailable('top5-error', round.dataset.classNames.length)
  return ranked.map((row) => ({
    rank: row.rank,
    entryId: row.entryId,
    name: nameOf(row.entryId, names),
    kind: row.kind,
    memberCount: row.memberCount,
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

/** The same ranking with other names for some entries, by entry id. */
export function withNames(leaderboard: Leaderboard, names: ReadonlyMap<string, string>): Leaderboard {
  if (names.size === 0) return leaderboard
  const rows = leaderboard.rows.map((row) => ({ ...row, name: names.get(row.entryId) ?? row.name }))
  return { ...leaderboard, rows }
}

/** Throws where the entry went, merged into another one, after the standings were read: the ranking is made anew then. */
function nameOf(entryId: string, names: ReadonlyMap<string, string>): string {
  const name = names.get(entryId)
  if (name === undefined) throw new Error(`entry ${entryId} went while its ranking was made`)
  return name
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
