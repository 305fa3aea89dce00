import {
  compareRankingValues,
  type MetricScore,
  type RankingMetric,
  rankingValue,
} from '@taikai/shared/ranking-metric'

type Team = { id: string; name: string }
/** `imageCount`: public images that the value comes from. */
type Place = { rank: number; value: number; imageCount: number }
/** A submission that takes part in the ranking, with its public scores; null where it has none. */
export type RankedScores = { team: Team; before: MetricScore | null; after: MetricScore | null }
export type RankDifference = { entryId: string; name: string; before: Place | null; after: Place | null }

/** Each team's place by its best submission, before and after; the best afterwards first, then by name. */
export function rankDifferences(
  metric: RankingMetric,
  submissions: readonly RankedScores[],
): RankDifference[] {
  const before = rankTeams(metric, submissions, ({ before: score }) => score)
  const after = rankTeams(metric, submissions, ({ after: score }) => score)
  const teams = new Map(submissions.map(({ team }) => [team.id, team]))
  return [...teams.values()]
    .map(({ id, name }) => ({
      entryId: id,
      name,
      before: before.get(id) ?? null,
      after: after.get(id) ?? null,
    }))
    .sort(
      (a, b) =>
        (a.after?.rank ?? Number.POSITIVE_INFINITY) - (b.after?.rank ?? Number.POSITIVE_INFINITY) ||
        (a.name < b.name ? -1 : 1),
    )
}

function rankTeams(
  metric: RankingMetric,
  submissions: readonly RankedScores[],
  scoreOf: (submission: RankedScores) => MetricScore | null,
): Map<string, Place> {
  const best = new Map<string, Omit<Place, 'rank'>>()
  for (const submission of submissions) {
    const score = scoreOf(submission)
    if (score === null) continue
    const value = rankingValue(metric, score)
    const known = best.get(submission.team.id)
    if (known === undefined || compareRankingValues(metric, value, known.value) < 0) {
      best.set(submission.team.id, { value, imageCount: score.total })
    }
  }
  const values = [...best.values()]
  // Equal values share a rank: 1, 1, 3.
  const rankOf = (value: number) =>
    1 + values.filter((other) => compareRankingValues(metric, other.value, value) < 0).length
  return new Map([...best].map(([id, place]) => [id, { rank: rankOf(place.value), ...place }]))
}
