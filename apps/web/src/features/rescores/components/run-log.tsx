import { errorMessage } from '@taikai/shared/messages/error-message'
import type { ScoringRun } from '@taikai/shared/wire/rescore'
import { useTexts } from '../../../i18n/i18n.ts'
import { count, dateTimeWithSeconds } from '../../../lib/format.ts'

/** What became of a run: who took it, how often and when, and why it ended so, in words and with its technical note. */
export function RunLog({ run }: { run: ScoringRun }) {
  const { t, locale } = useTexts()
  const { attempt, worker, queuedAt, startedAt, finishedAt, imagesPerSecond, reason, engineNote } = run
  const at = (instant: string) => ({ time: dateTimeWithSeconds(instant, locale) })
  const note = reason === null ? undefined : Object.values(reason.params).join(', ')
  return (
    <div className="muted" style={{ minWidth: 240, fontSize: 13, overflowWrap: 'anywhere' }}>
      <div className="num">
        {t('desk.queuedAt', at(queuedAt))}
        {startedAt !== null && <> · {t('desk.startedAt', at(startedAt))}</>}
        {finishedAt !== null && <> · {t('desk.finishedAt', at(finishedAt))}</>}
      </div>
      <div className="num">
        {t('desk.attempts', { count: attempt })}
        {imagesPerSecond !== null &&
          ` · ${t('submission.imagesPerSecond', { count: count(Math.round(imagesPerSecond)) })}`}
        {run.status === 'RUNNING' && ` · ${count(run.imagesDone)} / ${count(run.imagesTotal)}`}
      </div>
      {worker !== null && <div>{t('desk.worker', { name: worker })}</div>}
      {engineNote !== null && <div>{engineNote}</div>}
      {reason !== null && (
        <div style={{ color: 'var(--shu-ink)' }}>
          {errorMessage(reason.code, reason.params, locale).title} <code>{reason.code}</code>
          {note !== '' && <div>{note}</div>}
        </div>
      )}
    </div>
  )
}
