import { acceptsSubmissions } from '@taikai/shared/round-state'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { Loading, QueryView } from '../../components/ui/query-view.tsx'
import { meQuery } from '../../features/account/api/me.ts'
import { roundQuery } from '../../features/rounds/api/round.ts'
import { submissionsQuery } from '../../features/submissions/api/submissions.ts'
import { PicksPanel } from '../../features/submissions/components/picks-panel.tsx'
import { SubmissionList } from '../../features/submissions/components/submission-list.tsx'
import { useTexts } from '../../i18n/i18n.ts'

const route = getRouteApi('/rounds/$slug')

export function SubmissionsPage() {
  const { t } = useTexts()
  const { slug } = route.useParams()
  const me = useQuery(meQuery)
  const { data: round } = useQuery(roundQuery(slug))
  const submissions = useQuery({
    ...submissionsQuery(slug),
    enabled: me.data !== null && me.data !== undefined,
  })
  if (me.data === null) return <p>{t('submission.listSignIn')}</p>
  if (round === undefined) return <Loading />
  const { entry } = round
  return (
    <QueryView query={submissions}>
      {(list) => (
        <>
          {entry !== null && list.length > 0 && (
            <PicksPanel round={round} submissions={list.filter(({ entryId }) => entryId === entry.id)} />
          )}
          <SubmissionList
            submissions={list}
            timeZone={round.timeZone}
            metric={round.rules.metric}
            picks={
              entry !== null && acceptsSubmissions(round.state)
                ? { entryId: entry.id, limit: round.rules.finalPicks }
                : null
            }
          />
        </>
      )}
    </QueryView>
  )
}
