import type { Submission } from '@taikai/shared/wire/submission'
import { Link } from '@tanstack/react-router'
import { RoundTime } from '../../../components/ui/round-time.tsx'
import table from '../../../components/ui/table.module.css'
import { useTexts } from '../../../i18n/i18n.ts'
import { percent } from '../../../lib/format.ts'

type Props = { submissions: readonly Submission[]; timeZone: string }

export function SubmissionList({ submissions, timeZone }: Props) {
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
  return (
    <table className={table.table}>
      <caption>{t('submission.listCaption')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('submission.what')}</th>
          <th scope="col">{t('submission.state')}</th>
          <th scope="col" className={table.right}>
            {t('submission.accuracy')}
          </th>
        </tr>
      </thead>
      <tbody>
        {submissions.map(({ id, label, entryName, receivedAt, status, score }) => (
          <tr key={id}>
            <th scope="row">
              <Link to="/submissions/$id" params={{ id }}>
                {label === '' ? t('submission.untitled') : label}
              </Link>
              <div className="muted">
                {entryName} · <RoundTime instant={receivedAt} timeZone={timeZone} />
              </div>
            </th>
            <td
              style={status === 'REJECTED' || status === 'FAILED' ? { color: 'var(--shu-ink)' } : undefined}
            >
              {t(`submission.status.${status}`)}
            </td>
            <td className={`${table.right} num`}>
              {score === null ? '–' : `${percent(score.correct / score.total)}%`}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
