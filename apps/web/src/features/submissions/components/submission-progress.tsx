import { Progress } from '@mantine/core'
import type { Submission } from '@taikai/shared/wire/submission'
import { ConfirmButton } from '../../../components/ui/confirm-button.tsx'
import { LiveBadge } from '../../../components/ui/live-badge.tsx'
import { Panel } from '../../../components/ui/panel.tsx'
import { useTexts } from '../../../i18n/i18n.ts'
import { count } from '../../../lib/format.ts'
import { cancelSubmission } from '../api/submission.ts'
import { ExpectedTime } from './expected-time.tsx'
import { NotifyPanel } from './notify-panel.tsx'
import classes from './submission-progress.module.css'

const phases = ['queued', 'preparing', 'images', 'finishing'] as const
type Phase = (typeof phases)[number]

function phaseOf({ status, run }: Submission): Phase {
  if (status === 'QUEUED') return 'queued'
  if (run.imagesDone === 0) return 'preparing'
  return run.imagesDone < run.imagesTotal ? 'images' : 'finishing'
}

/** Where a submission that is not finished stands. Screen readers are told of each stage, not of every image. */
export function SubmissionProgress({ submission }: { submission: Submission }) {
  const { t } = useTexts()
  const { status, run } = submission
  const phase = phaseOf(submission)
  const done = run.imagesTotal === 0 ? 0 : (100 * run.imagesDone) / run.imagesTotal
  const text = usePhaseText(submission, phase)
  return (
    <Panel title={t(`submission.status.${status}`)}>
      <ol className={classes.phases} aria-label={t('scoring.phases')}>
        {phases.map((each) => (
          <li key={each} aria-current={each === phase ? 'step' : undefined}>
            {t(`scoring.${each}`)}
          </li>
        ))}
      </ol>
      {phase === 'images' ? (
        <p className={`${classes.text} num`}>{text}</p>
      ) : (
        <p className={`${classes.text} num`} role="status">
          {text}
        </p>
      )}
      <Progress.Root size="lg">
        <Progress.Section
          value={status === 'QUEUED' ? 0 : done}
          color="shu"
          aria-label={t('submission.progress')}
        />
      </Progress.Root>
      <ExpectedTime submission={submission} />
      {run.attempt > (status === 'QUEUED' ? 0 : 1) && (
        <p>{t('scoring.again', { attempt: status === 'QUEUED' ? run.attempt + 1 : run.attempt })}</p>
      )}
      <p className="muted">
        <LiveBadge /> {t('submission.stays')}
      </p>
      <NotifyPanel />
      <ConfirmButton
        label={t('submission.cancel')}
        question={t('submission.cancelSure')}
        onConfirm={() => cancelSubmission(submission.id)}
      />
    </Panel>
  )
}

function usePhaseText({ queuePosition, othersHidden, noWorker, run }: Submission, phase: Phase): string {
  const { t } = useTexts()
  switch (phase) {
    case 'queued': {
      if (noWorker) return t('submission.noWorker')
      const ahead = queuePosition ?? 0
      if (othersHidden) {
        const own = ahead === 0 ? '' : t('scoring.own', { count: ahead })
        return [t('scoring.othersHidden'), own].join(' ')
      }
      return ahead === 0 ? t('submission.queuedNext') : t('submission.queued', { count: ahead })
    }
    case 'preparing':
      return t('submission.runningStart')
    case 'images':
      return t('submission.running', { done: count(run.imagesDone), total: count(run.imagesTotal) })
    case 'finishing':
      return t('scoring.finishingText')
  }
}
