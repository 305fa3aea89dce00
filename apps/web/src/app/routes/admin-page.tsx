import { useQuery } from '@tanstack/react-query'
import { ButtonLink } from '../../components/ui/button-link.tsx'
import { Panel } from '../../components/ui/panel.tsx'
import { ProblemAlert } from '../../components/ui/problem-alert.tsx'
import { QueryView } from '../../components/ui/query-view.tsx'
import { InstructorOnly } from '../../components/ui/signed-in-only.tsx'
import { meQuery } from '../../features/account/api/me.ts'
import { overviewQuery } from '../../features/overview/api/overview.ts'
import { BackupPanel } from '../../features/overview/components/backup-panel.tsx'
import { QueuePanel } from '../../features/overview/components/queue-panel.tsx'
import { StoragePanel } from '../../features/overview/components/storage-panel.tsx'
import { WarningList } from '../../features/overview/components/warning-list.tsx'
import { WorkerPanel } from '../../features/overview/components/worker-panel.tsx'
import { RoundsTable } from '../../features/rounds/components/rounds-table.tsx'
import { useTexts } from '../../i18n/i18n.ts'
import { usePageTitle } from '../../lib/use-page-title.ts'

export function AdminPage() {
  const { t } = useTexts()
  usePageTitle(t('overview.title'))
  const me = useQuery(meQuery)
  return (
    <>
      <h1>{t('overview.title')}</h1>
      <InstructorOnly me={me}>{() => <Overview />}</InstructorOnly>
    </>
  )
}

function Overview() {
  const { t } = useTexts()
  const query = useQuery(overviewQuery)
  return (
    <QueryView query={query}>
      {(overview) => (
        <>
          {/* Old numbers must not look like new ones. */}
          <ProblemAlert error={query.error} />
          <WarningList warnings={overview.warnings} />
          <Panel title={t('app.rounds')}>
            {overview.rounds.length === 0 && <p>{t('admin.empty')}</p>}
            <ButtonLink to="/admin/new">{t('admin.create')}</ButtonLink>
            {overview.rounds.length > 0 && <RoundsTable rounds={overview.rounds} />}
          </Panel>
          <QueuePanel overview={overview} />
          <WorkerPanel workers={overview.workers} now={new Date(overview.serverTime)} />
          <StoragePanel storage={overview.storage} />
          <BackupPanel backups={overview.backups} />
        </>
      )}
    </QueryView>
  )
}
