import type { RankingMetric } from '@taikai/shared/ranking-metric'
import type { Grade } from '@taikai/shared/wire/grades'
import table from '../../../components/ui/table.module.css'
import { useTexts } from '../../../i18n/i18n.ts'

/** The points that a rule gives, student by student. */
export function GradeTable({ grades, metric }: { grades: readonly Grade[]; metric: RankingMetric }) {
  const { t } = useTexts()
  if (grades.length === 0) return <p className="muted">{t('exports.noStudents')}</p>
  return (
    <div className={table.scroll}>
      <table className={table.table}>
        <caption>{t('exports.preview')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('exports.student')}</th>
            <th scope="col">{t('exports.team')}</th>
            <th scope="col" className={table.right}>
              {t('exports.rank')}
            </th>
            <th scope="col" className={table.right}>
              {t('exports.score')}
            </th>
            <th scope="col" className={table.right}>
              {t('exports.points')}
            </th>
          </tr>
        </thead>
        <tbody>
          {grades.map(({ studentNumber, name, email, entryName, rank, value, points }) => (
            <tr key={email}>
              <th scope="row" className={table.person}>
                {name}
                <div className="muted">{studentNumber === null ? email : `${studentNumber} · ${email}`}</div>
              </th>
              <td style={{ minWidth: 120 }}>{entryName}</td>
              <td className={table.right}>{rank ?? t('exports.noRank')}</td>
              <td className={`${table.right} num`}>{scoreText(metric, value)}</td>
              <td className={`${table.right} num`}>
                <b>{points}</b>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function scoreText(metric: RankingMetric, value: number | null): string {
  if (value === null) return '–'
  return metric === 'accuracy' || metric === 'top5-error' ? `${value.toFixed(2)}%` : value.toFixed(4)
}
