import { notifications } from '@mantine/notifications'
import type { Rescore, ScoringRun } from '@taikai/shared/wire/rescore'
import { useQuery } from '@tanstack/react-query'
import { ConfirmButton } from '../../../components/ui/confirm-button.tsx'
import { Panel } from '../../../components/ui/panel.tsx'
import { QueryView } from '../../../components/ui/query-view.tsx'
import table from '../../../components/ui/table.module.css'
import { useTexts } from '../../../i18n/i18n.ts'
import { dateTime } from '../../../lib/format.ts'
import { runsQuery, startSubmissionRescore } from '../api/rescores.ts'
import { RunLog } from './run-log.tsx'

type Props = {
  submissionId: string
  /** Whether there is a score to make again. */
  scored: boolean
  onStarted(rescore: Rescore): void
}

/** Every scoring run of a submission, for instructors, who can add one. */
export function RunsPanel({ submissionId, scored, onStarted }: Props) {
  const { t } = useTexts()
  const runs = useQuery(runsQuery(submissionId))
  return (
    <Panel title={t('rescore.runs')}>
      <p className="muted">{t('rescore.runsLead')}</p>
      <QueryView query={runs}>{(list) => <Runs runs={list} />}</QueryView>
      {scored && (
        <ConfirmButton
          label={t('rescore.one')}
          question={t('rescore.oneSure')}
          onConfirm={async () => {
            const rescore = await startSubmissionRescore(submissionId)
            notifications.show({ message: t('rescore.started') })
            onStarted(rescore)
          }}
        />
      )}
    </Panel>
  )
}

function Runs({ runs }: { runs: readonly ScoringRun[] }) {
  const { t, locale } = useTexts()
  const validity = ({ live, replacedAt }: ScoringRun) => {
    if (live) return t('rescore.current')
    if (replacedAt === null) return t('rescore.shadow')
    return t('rescore.replaced', { time: dateTime(replacedAt, locale) })
  }
  return (
    <div className={table.scroll} style={{ marginBottom: 16 }}>
      <table className={table.table}>
        <thead>
          <tr>
            <th scope="col">{t('rescore.state')}</th>
            <th scope="col">{t('rescore.dataset')}</th>
            <th scope="col">{t('rescore.engine')}</th>
            <th scope="col">{t('rescore.public')}</th>
            <th scope="col">{t('rescore.private')}</th>
          </tr>
        </thead>
        <tbody>
          {runs.map((run) => (
            <tr key={run.id}>
              <th scope="row" style={{ whiteSpace: 'nowrap' }}>
                {t(`submission.status.${run.status}`)}
                <div className="muted">{validity(run)}</div>
              </th>
              <td>{t('receipt.version', run.dataset)}</td>
              <td>
                {run.engine === null ? '–' : `${run.engine} (${run.engineVersion ?? '–'})`}
                <RunLog run={run} />
              </td>
              <td className="num" style={{ whiteSpace: 'nowrap' }}>
                {run.public === null ? '–' : `${run.public.correct} / ${run.public.total}`}
              </td>
              <td className="num" style={{ whiteSpace: 'nowrap' }}>
                {run.private === null ? '–' : `${run.private.correct} / ${run.private.total}`}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
