import type { RescoreDetail, ScoringRun } from '@taikai/shared/wire/rescore'
import { Link } from '@tanstack/react-router'
import { Panel } from '../../../components/ui/panel.tsx'
import table from '../../../components/ui/table.module.css'
import { useTexts } from '../../../i18n/i18n.ts'

type Row = RescoreDetail['submissions'][number]

/** Old and new counts of every rescored submission, and in which fields of the receipt they differ. */
export function RunChanges({ submissions }: { submissions: readonly Row[] }) {
  const { t } = useTexts()
  return (
    <Panel title={t('rescore.submissions')}>
      <div className={table.scroll}>
        <table className={table.table}>
          <thead>
            <tr>
              <th scope="col">{t('rescore.submission')}</th>
              <th scope="col">{t('rescore.public')}</th>
              <th scope="col">{t('rescore.private')}</th>
              <th scope="col">{t('rescore.differs')}</th>
            </tr>
          </thead>
          <tbody>
            {submissions.map((row) => (
              <tr key={row.submissionId}>
                <th scope="row">
                  <Link to="/submissions/$id" params={{ id: row.submissionId }}>
                    {row.label === '' ? t('submission.untitled') : row.label}
                  </Link>
                  <div className="muted">{row.entryName}</div>
                </th>
                <td className="num" style={{ whiteSpace: 'nowrap' }}>
                  {countsText(row.before.public)} → {countsText(row.after.public)}
                </td>
                <td className="num" style={{ whiteSpace: 'nowrap' }}>
                  {countsText(row.before.private)} → {countsText(row.after.private)}
                </td>
                <td>
                  <Differences row={row} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  )
}

function Differences({ row }: { row: Row }) {
  const { t } = useTexts()
  const { after, differences, images } = row
  if (after.finishedAt === null) return t('rescore.waiting')
  if (differences.length === 0) return t('rescore.none')
  return (
    <>
      {differences.map((field) => t(`rescore.fields.${field}`)).join(', ')}
      {images !== null && images.lost + images.gained > 0 && (
        <div className="muted">{t('rescore.images', images)}</div>
      )}
    </>
  )
}

function countsText(counts: ScoringRun['public']): string {
  return counts === null ? '–' : `${counts.correct} / ${counts.total}`
}
