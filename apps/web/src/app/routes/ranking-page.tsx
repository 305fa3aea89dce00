import type { Round } from '@taikai/shared/wire/round'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { QueryView } from '../../components/ui/query-view.tsx'
import { meQuery } from '../../features/account/api/me.ts'
import { leaderboardQuery } from '../../features/ranking/api/leaderboard.ts'
import { HistoryOnDemand } from '../../features/ranking/components/history-on-demand.tsx'
import { RankingBoard } from '../../features/ranking/components/ranking-board.tsx'
import { RankingNotice } from '../../features/ranking/components/ranking-notice.tsx'
import { useFreezeClock } from '../../features/ranking/components/use-freeze-clock.ts'
import { ViewSwitch } from '../../features/ranking/components/view-switch.tsx'
import { roundQuery } from '../../features/rounds/api/round.ts'

const roundRoute = getRouteApi('/rounds/$slug')
const route = getRouteApi('/rounds/$slug/')

export function RankingPage() {
  const { slug } = roundRoute.useParams()
  const round = useQuery(roundQuery(slug))
  return <QueryView query={round}>{(data) => <Ranking round={data} />}</QueryView>
}

function Ranking({ round }: { round: Round }) {
  useFreezeClock(round)
  const navigate = route.useNavigate()
  const { view: chosen } = route.useSearch()
  const { data: me = null } = useQuery(meQuery)
  const published = round.state === 'published'
  const hasFinal = published || me?.role === 'INSTRUCTOR'
  const view = hasFinal ? (chosen ?? (published ? 'final' : 'public')) : 'public'
  const leaderboard = useQuery(leaderboardQuery(round.slug, view))
  return (
    <>
      {hasFinal && (
        <ViewSwitch
          view={view}
          published={published}
          onChange={(next) => void navigate({ search: { view: next }, replace: true, resetScroll: false })}
        />
      )}
      <QueryView query={leaderboard}>
        {(data) => (
          <>
            <RankingNotice round={round} leaderboard={data} />
            <RankingBoard
              leaderboard={data}
              title={round.title}
              timeZone={round.timeZone}
              ownEntryId={round.entry?.id ?? null}
              closed={round.state === 'closed' || published}
            />
            {data.rows.length > 0 && <HistoryOnDemand round={round} own={round.entry} />}
          </>
        )}
      </QueryView>
    </>
  )
}
