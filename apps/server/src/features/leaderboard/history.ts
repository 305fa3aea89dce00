import {
  compareRankingValues,
  type MetricScore,
  type RankingMetric,
  rankingValue,
} from '@taikai/shared/ranking-metric'

type Point = { receivedAt: Date; value: number }
type EntryHistory = { entryId: string; points: Point[] }

/** How many teams are shown beside the viewer's own: more lines cannot be told apart. */
const shownTeams = 10

/**
 * Of submissions in order of time, those of each entry that were better than all before: the `shownTeams` entries with the best
 * last values (of equals the one that got there first), and `ownEntryId` wherever it stands.
 */
export function bestSoFar(
  metric: RankingMetric,
  rows: readonly { entryId: string; receivedAt: Date; score: MetricScore }[],
  ownEntryId: string | null,
): EntryHistory[] {
  const histories = new Map<string, Point[]>()
  for (const { entryId, receivedAt, score } of rows) {
    const points = histories.get(entryId) ?? []
    histories.set(entryId, points)
    const value = rankingValue(metric, score)
    const best = points.at(-1)
    if (best === undefined || compareRankingValues(metric, value, best.value) < 0) {
      points.push({ receivedAt, value })
    }
  }
  return [...histories]
    .map(([entryId, points]) => ({ entryId, points }))
    .sort((a, b) => compareEnds(metric, a, b))
    .filter(({ entryId }, place) => place < shownTeams || entryId === ownEntryId)
}

function compareEnds(metric: RankingMetric, a: EntryHistory, b: EntryHistory): number {
  const [last, other] = [a.points.at(-1), b.points.at(-1)]
  if (last === undefined || other === undefined) return 0
  return (
    compareRankingValues(metric, last.value, other.value) ||
    last.receivedAt.getTime() - other.receivedAt.getTime() ||
    (a.entryId < b.entryId ? -1 : 1)
  )
}
