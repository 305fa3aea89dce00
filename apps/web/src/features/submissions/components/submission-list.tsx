import { type RankingMetric, rankingValue } from '@taikai/shared/ranking-metric'
import type { Submission } from '@taikai/shared/wire/submission'
import { Link } from '@tanstack/react-router'
import { RoundTime } from '../../../components/ui/round-time.tsx'
import table from '../../../components/ui/table.module.css'
import { useTexts } from '../../../i18n/i18n.ts'
import { rankingValueText } from '../../../lib/ranking-value.ts'
import { PickSwitch } from './pick-switch.tsx'

type Props = {
  submissions: readonly Submission[]
  timeZone: string
  metric: RankingMetric
  /** What the viewer may pick: submissions of this entry, so many of them; null: nothing (any more). */
  picks: { entryId: string; limit: number } | null
}

/** The team, and who of it sent the submission; somebody who is alone is named once. */
const submitterText = (entryName: string, submittedBy: string | null) =>
  submittedBy === null || submittedBy === entryName ? entryName : `${entryName} · ${submittedBy}`

export function SubmissionList({ submissions, timeZone, metric, picks }: Props) {
  const { t } = useTexts()
  if (submissions.length === 0) {
    return (
      <p>
        <b>{t('submission.listEmpty')}</b>
        <br />
        {t('submission.listEmptyAction')}
      </p>
    )
  }
  const picked = submissions.filter(({ entryId, finalPick }) => finalPick && entryId === picks?.entryId)
  const full = picks !== null && picked.length >= picks.limit
  return (
    <div className={table.scroll}>
      <table className={table.table}>
        <caption>{t('submission.listCaption')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('submission.what')}</th>
            <th scope="col">{t('submission.state')}</th>
            <th scope="col" className={table.right}>
              {t(`rules.metrics.${metric}`)}
            </th>
            <th scope="col">{t('picks.column')}</th>
          </tr>
        </thead>
        <tbody>
          {submissions.map((submission) => {
            const { id, label, entryName, submittedBy, receivedAt, status, score, disqualified } = submission
            const wrong = status === 'REJECTED' || status === 'FAILED' || disqualified !== null
            return (
              <tr key={id}>
                <th scope="row">
                  <Link to="/submissions/$id" params={{ id }}>
                    {label === '' ? t('submission.untitled') : label}
                  </Link>
                  <div className="muted">
                    {submitterText(entryName, submittedBy)} ·{' '}
                    <RoundTime instant={receivedAt} timeZone={timeZone} />
                  </div>
                </th>
                <td style={{ whiteSpace: 'nowrap', ...(wrong && { color: 'var(--shu-ink)' }) }}>
                  {disqualified === null ? t(`submission.status.${status}`) : t('disqualification.title')}
                </td>
                <td className={`${table.right} num`}>
                  {score === null ? '–' : rankingValueText(metric, rankingValue(metric, score), score.total)}
                </td>
                <td>
                  {picks?.entryId === submission.entryId ? (
                    <PickSwitch submission={submission} full={full} inTable />
                  ) : submission.finalPick ? (
                    t('picks.picked')
                  ) : (
                    '–'
                  )}
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}
