import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { Facts } from '../../components/ui/facts.tsx'
import { QueryView } from '../../components/ui/query-view.tsx'
import { InstructorOnly } from '../../components/ui/signed-in-only.tsx'
import { meQuery } from '../../features/account/api/me.ts'
import { rescoreQuery } from '../../features/rescores/api/rescores.ts'
import { RankChanges } from '../../features/rescores/components/rank-changes.tsx'
import { scopeOf } from '../../features/rescores/components/rescore-list.tsx'
import { RescoreProgress } from '../../features/rescores/components/rescore-progress.tsx'
import { RunChanges } from '../../features/rescores/components/run-changes.tsx'
import { roundQuery } from '../../features/rounds/api/round.ts'
import { useTexts } from '../../i18n/i18n.ts'
import { dateTime } from '../../lib/format.ts'
import { usePageTitle } from '../../lib/use-page-title.ts'

const route = getRouteApi('/admin/rounds/$slug/rescores/$id')

export function RescorePage() {
  const { t } = useTexts()
  usePageTitle(t('rescore.title'))
  const me = useQuery(meQuery)
  return (
    <>
      <h1>{t('rescore.title')}</h1>
      <InstructorOnly me={me}>{() => <Loaded />}</InstructorOnly>
    </>
  )
}

function Loaded() {
  const { t, locale } = useTexts()
  const { slug, id } = route.useParams()
  const rescore = useQuery(rescoreQuery(slug, id))
  const { data: round } = useQuery(roundQuery(slug))
  return (
    <QueryView query={rescore}>
      {(data) => (
        <>
          <p>
            <Link to="/admin/rounds/$slug/rescores" params={{ slug }}>
              {round?.title ?? slug}
            </Link>
          </p>
          <Facts
            facts={[
              [t('rescore.submission'), t(`rescore.scopes.${scopeOf(data)}`)],
              [t('rescore.dataset'), t('receipt.version', data.dataset)],
              [t('rescore.engine'), data.engine ?? t('rescore.sameEngine')],
              [t('rescore.by'), data.createdBy ?? '–'],
              [t('rescore.when'), dateTime(data.createdAt, locale)],
            ]}
          />
          <RescoreProgress rescore={data} />
          <RankChanges rescore={data} />
          <RunChanges submissions={data.submissions} />
        </>
      )}
    </QueryView>
  )
}
