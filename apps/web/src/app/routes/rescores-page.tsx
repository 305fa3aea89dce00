import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { QueryView } from '../../components/ui/query-view.tsx'
import { InstructorOnly } from '../../components/ui/signed-in-only.tsx'
import { meQuery } from '../../features/account/api/me.ts'
import { datasetsQuery } from '../../features/datasets/api/datasets.ts'
import { rescoresQuery } from '../../features/rescores/api/rescores.ts'
import { RescoreList } from '../../features/rescores/components/rescore-list.tsx'
import { StartRescoreForm } from '../../features/rescores/components/start-rescore-form.tsx'
import { roundQuery } from '../../features/rounds/api/round.ts'
import { useTexts } from '../../i18n/i18n.ts'
import { usePageTitle } from '../../lib/use-page-title.ts'

const route = getRouteApi('/admin/rounds/$slug/rescores')

export function RescoresPage() {
  const { t } = useTexts()
  usePageTitle(t('rescore.title'))
  const me = useQuery(meQuery)
  return (
    <>
      <h1>{t('rescore.title')}</h1>
      <InstructorOnly me={me}>{() => <Rescores />}</InstructorOnly>
    </>
  )
}

function Rescores() {
  const { t } = useTexts()
  const { slug } = route.useParams()
  const navigate = useNavigate()
  const round = useQuery(roundQuery(slug))
  const datasets = useQuery(datasetsQuery)
  const rescores = useQuery(rescoresQuery(slug))
  return (
    <QueryView query={round}>
      {({ title, dataset }) => (
        <>
          <p>
            <Link to="/admin/rounds/$slug" params={{ slug }}>
              {title}
            </Link>
          </p>
          <p className="muted">{t('rescore.lead')}</p>
          <QueryView query={datasets}>
            {(list) => (
              <>
                {/* Above the list, which grows by itself and must not push it away under the hand. */}
                <StartRescoreForm
                  slug={slug}
                  dataset={dataset}
                  datasets={list}
                  onStarted={({ id }) =>
                    void navigate({ to: '/admin/rounds/$slug/rescores/$id', params: { slug, id } })
                  }
                />
                <QueryView query={rescores}>{(earlier) => <RescoreList rescores={earlier} />}</QueryView>
              </>
            )}
          </QueryView>
        </>
      )}
    </QueryView>
  )
}
