import { Progress } from '@mantine/core'
import type { Submission } from '@taikai/shared/wire/submission'
import { ConfirmButton } from '../../../components/ui/confirm-button.tsx'
import { LiveBadge } from '../../../components/ui/live-badge.tsx'
import { Panel } from '../../../components/ui/panel.tsx'
import { useTexts } from '../../../i18n/i18n.ts'
import { count } from '../../../lib/format.ts'
import { cancelSubmission } from '../api/submission.ts'

/** Where a submission that is not finished stands. */
export function SubmissionProgress({ submission }: { submission: Submission }) {
  const { t } = useTexts()
  const { status, run } = submission
  const text = useProgressText(submission)
  const done = run.imagesTotal === 0 ? 0 : (100 * run.imagesDone) / run.imagesTotal
  return (
    <Panel title={t(`submission.status.${status}`)}>
      <p className="num" role="status" style={{ margin: '0 0 8px' }}>
        {text}
      </p>
      <Progress.Root size="lg">
        <Progress.Section
          value={status === 'QUEUED' ? 0 : done}
          color="shu"
          aria-label={t('submission.progress')}
        />
      </Progress.Root>
      <p className="muted">
        <LiveBadge /> {t('submission.stays')}
      </p>
      <ConfirmButton
        label={t('submission.cancel')}
        question={t('submission.cancelSure')}
        onConfirm={() => cancelSubmission(submission.id)}
      />
    </Panel>
  )
}

function useProgressText({ status, queuePosition, noWorker, run }: Submission): string {
  const { t } = useTexts()
  if (status === 'QUEUED') {
    if (noWorker) return t('submission.noWorker')
    if (queuePosition === null || queuePosition === 0) return t('submission.queuedNext')
    return t('submission.queued', { count: queuePosition })
  }
  if (run.imagesDone === 0) return t('submission.runningStart')
  return t('submission.running', { done: count(run.imagesDone), total: count(run.imagesTotal) })
}
