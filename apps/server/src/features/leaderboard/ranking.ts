import {
  compareRankingValues,
  type MetricScore,
  type RankingMetric,
  rankingValue,
} from '@taikai/shared/ranking-metric'

/** What the ranking is made from: the score of an entry's submission that counts, on one split. */
export type RankedFields = MetricScore & {
  kind: 'TEAM' | 'BASELINE'
  /** When that submission was received. */
  receivedAt: Date
  entryId: string
}

/**
 * Orders rows by the metric, the best first; of equals the earlier received is listed first (then the entry's id, so that the order
 * is always the same). Equal values share a rank: 1, 1, 3. A baseline stands where its score puts it, has no rank and takes none.
 */
export function rankRows<Row extends RankedFields>(
  metric: RankingMetric,
  rows: readonly Row[],
): (Row & { rank: number | null })[] {
  const ordered = rows
    .map((row) => ({ row, value: rankingValue(metric, row) }))
    .toSorted(
      (a, b) =>
        compareRankingValues(metric, a.value, b.value) ||
        a.row.receivedAt.getTime() - b.row.receivedAt.getTime() ||
        (a.row.entryId < b.row.entryId ? -1 : 1),
    )
  let teams = 0
  let rank = 0
  let rankedValue: number | null = null
  return ordered.map(({ row, value }) => {
    if (row.kind === 'BASELINE') return { ...row, rank: null }
    teams += 1
    if (value !== rankedValue) {
      rank = teams
      rankedValue = value
    }
    return { ...row, rank }
  })
}
