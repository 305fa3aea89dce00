import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { QueryView } from '../../components/ui/query-view.tsx'
import { leaderboardQuery } from '../../features/ranking/api/leaderboard.ts'
import { RankingTable } from '../../features/ranking/components/ranking-table.tsx'
import { roundQuery } from '../../features/rounds/api/round.ts'

const route = getRouteApi('/rounds/$slug')

export function RankingPage() {
  const { slug } = route.useParams()
  const { data: round } = useQuery(roundQuery(slug))
  const leaderboard = useQuery(leaderboardQuery(slug))
  return (
    <QueryView query={leaderboard}>
      {(data) => (
        <RankingTable
          leaderboard={data}
          title={round?.title ?? slug}
          ownEntryId={round?.entry?.id ?? null}
          closed={round?.state === 'closed' || round?.state === 'published'}
        />
      )}
    </QueryView>
  )
}
