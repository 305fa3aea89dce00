import { compareRankingValues, type RankingMetric, rankingValue } from '@taikai/shared/ranking-metric'
import type { Leaderboard, LeaderboardRow } from '@taikai/shared/wire/leaderboard'
import type { Standing } from '@taikai/shared/wire/standing'

/** One scored submission of the entry; `value` as `rankingValue` gives it. */
type OwnScore = { id: string; receivedAt: Date; value: number }

type Input = {
  /** The public ranking as the viewer sees it. */
  leaderboard: Leaderboard
  entryId: string
  submission: OwnScore
  /** All of the entry's that are not disqualified, and those among which the ranking chooses: earliest first. */
  own: readonly OwnScore[]
  eligible: readonly OwnScore[]
}

/** Where the entry stands, and what this submission did for it. */
export function standingOf(input: Input): Omit<Standing, 'finalRank'> {
  const { leaderboard, entryId, submission, own, eligible } = input
  const { metric, imageCount, frozenAt } = leaderboard
  const teams = leaderboard.rows.filter(({ kind }) => kind === 'TEAM')
  const rank = teams.find((row) => row.entryId === entryId)?.rank ?? null
  const rivals = teams.filter((row) => row.entryId !== entryId).map((row) => placeValue(metric, row))
  const rankWith = (value: number) =>
    1 + rivals.filter((rival) => compareRankingValues(metric, rival, value) < 0).length
  const counts = rank !== null && bestOf(metric, eligible)?.id === submission.id
  const next = bestOf(
    metric,
    eligible.filter(({ id }) => id !== submission.id),
  )
  const earlier = own.filter(({ receivedAt }) => receivedAt < submission.receivedAt)
  return {
    metric,
    imageCount,
    frozenAt,
    teamCount: teams.length,
    rank,
    tie: tieOf(teams, entryId),
    value: submission.value,
    previousBest: bestOf(metric, earlier)?.value ?? null,
    counts,
    rankWithout: counts && next !== null ? rankWith(next.value) : null,
  }
}

/** The best; of equal ones the earliest. */
function bestOf(metric: RankingMetric, scores: readonly OwnScore[]): OwnScore | null {
  return scores.toSorted((a, b) => compareRankingValues(metric, a.value, b.value))[0] ?? null
}

function placeValue(metric: RankingMetric, row: LeaderboardRow): number {
  // Null only in rounds of so few classes that they cannot rank by it.
  return rankingValue(metric, { ...row, top5Correct: row.total - (row.top5Wrong ?? 0) })
}

function tieOf(teams: readonly LeaderboardRow[], entryId: string): Standing['tie'] {
  const group = teams.find((row) => row.entryId === entryId)?.tieGroup ?? null
  const members = teams.filter(({ tieGroup }) => group !== null && tieGroup === group)
  const [leader] = members
  if (leader === undefined || members.length < 2) return null
  return { leader: leader.name, leads: leader.entryId === entryId, teamCount: members.length }
}
