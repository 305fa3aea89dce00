import type { RankingMetric } from '@taikai/shared/ranking-metric'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Panel } from '../../../components/ui/panel.tsx'
import { QueryView } from '../../../components/ui/query-view.tsx'
import { useTexts } from '../../../i18n/i18n.ts'
import { gradesCsvPath, gradesQuery } from '../api/exports.ts'
import { DownloadButton } from './download-button.tsx'
import { GradeForm } from './grade-form.tsx'
import { firstValues, toQuery } from './grade-rule.ts'
import { GradeTable } from './grade-table.tsx'

/** Grades by a rule, seen before they are saved. */
export function GradesPanel({ slug, metric, bom }: { slug: string; metric: RankingMetric; bom: boolean }) {
  const { t } = useTexts()
  const [values, setValues] = useState(firstValues)
  const rule = toQuery(values)
  const grades = useQuery(gradesQuery(slug, rule))
  return (
    <Panel title={t('exports.grades')}>
      <p className="muted">{t('exports.gradesLead')}</p>
      <GradeForm values={values} metric={metric} onChange={setValues} />
      <QueryView query={grades}>
        {(list) => (
          <>
            <p className="muted">{list.published ? null : t('exports.provisional')}</p>
            <GradeTable grades={list.grades} metric={list.metric} />
          </>
        )}
      </QueryView>
      <div style={{ marginTop: 16 }}>
        <DownloadButton href={gradesCsvPath(slug, rule, bom)} label={t('exports.gradesCsv')} />
      </div>
    </Panel>
  )
}
