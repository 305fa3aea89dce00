import { useQuery } from '@tanstack/react-query'
import { historyQuery } from '../api/history.ts'
import { leaderboardQuery } from '../api/leaderboard.ts'
import { ScoreHistory } from './score-history.tsx'

type Props = { round: { slug: string; timeZone: string }; own: { id: string; name: string } | null }

/** How the scores of the first teams rose, and the viewer's own wherever it stands. */
export default function RoundHistory({ round, own }: Props) {
  const { data: history } = useQuery(historyQuery(round.slug))
  const { data: leaderboard } = useQuery(leaderboardQuery(round.slug, 'public'))
  if (history === undefined) return null
  const names = new Map(leaderboard?.rows.map(({ entryId, name }) => [entryId, name]))
  if (own !== null) names.set(own.id, own.name)
  return (
    <ScoreHistory history={history} names={names} ownEntryId={own?.id ?? null} timeZone={round.timeZone} />
  )
}
