import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useState } from 'react'
import { Panel } from '../../components/ui/panel.tsx'
import { QueryView } from '../../components/ui/query-view.tsx'
import { InstructorOnly } from '../../components/ui/signed-in-only.tsx'
import { meQuery } from '../../features/account/api/me.ts'
import { predictionsPath, roundZipPath } from '../../features/exports/api/exports.ts'
import { DownloadButton } from '../../features/exports/components/download-button.tsx'
import { GradesPanel } from '../../features/exports/components/grades-panel.tsx'
import { TablesPanel } from '../../features/exports/components/tables-panel.tsx'
import { roundQuery } from '../../features/rounds/api/round.ts'
import { useTexts } from '../../i18n/i18n.ts'
import { usePageTitle } from '../../lib/use-page-title.ts'

const route = getRouteApi('/admin/rounds/$slug/exports')

/** Every number of a round, to take along. */
export function ExportsPage() {
  const { t } = useTexts()
  usePageTitle(t('exports.title'))
  const { slug } = route.useParams()
  const me = useQuery(meQuery)
  return (
    <>
      <h1>{t('exports.title')}</h1>
      <InstructorOnly me={me}>{() => <Exports slug={slug} />}</InstructorOnly>
    </>
  )
}

function Exports({ slug }: { slug: string }) {
  const { t } = useTexts()
  const round = useQuery(roundQuery(slug))
  const [bom, setBom] = useState(true)
  return (
    <QueryView query={round}>
      {({ title, rules }) => (
        <>
          <p>
            <Link to="/admin/rounds/$slug" params={{ slug }}>
              {title}
            </Link>
          </p>
          <TablesPanel slug={slug} bom={bom} onBomChange={setBom} />
          <GradesPanel slug={slug} metric={rules.metric} bom={bom} />
          <Panel title={t('exports.predictions')}>
            <p className="muted">{t('exports.predictionsLead')}</p>
            <DownloadButton href={predictionsPath(slug)} label={t('exports.predictionsGet')} />
          </Panel>
          <Panel title={t('exports.round')}>
            <p className="muted">{t('exports.roundLead')}</p>
            <DownloadButton href={roundZipPath(slug)} label={t('exports.roundGet')} />
          </Panel>
        </>
      )}
    </QueryView>
  )
}
