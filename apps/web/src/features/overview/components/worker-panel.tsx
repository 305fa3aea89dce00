import type { OverviewWorker } from '@taikai/shared/wire/overview'
import { Panel } from '../../../components/ui/panel.tsx'
import { useTexts } from '../../../i18n/i18n.ts'
import classes from './worker-card.module.css'
import { WorkerCard } from './worker-card.tsx'

/** The workers that answer, and the last of those that do not. `now`: the server's clock. */
export function WorkerPanel({ workers, now }: { workers: readonly OverviewWorker[]; now: Date }) {
  const { t } = useTexts()
  return (
    <Panel title={t('overview.workers')}>
      {workers.length === 0 ? (
        <p>{t('overview.noWorkers')}</p>
      ) : (
        <ul className={classes.list}>
          {workers.map((worker) => (
            <li key={worker.id}>
              <WorkerCard worker={worker} now={now} />
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}
