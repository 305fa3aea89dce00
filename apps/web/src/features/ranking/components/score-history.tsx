import type { History } from '@taikai/shared/wire/history'
import { lazy, Suspense } from 'react'
import { Panel } from '../../../components/ui/panel.tsx'
import table from '../../../components/ui/table.module.css'
import { useTexts } from '../../../i18n/i18n.ts'
import { dateTime } from '../../../lib/format.ts'
import { rankingValueText } from '../../../lib/ranking-value.ts'

// The chart library is larger than all other pages together.
const HistoryChart = lazy(() => import('./history-chart.tsx'))

type Props = {
  history: History
  /** Names of the entries, as the ranking gives them. */
  names: ReadonlyMap<string, string>
  ownEntryId: string | null
  timeZone: string
}

/** How the best public scores rose: as a chart, and the same as a table. */
export function ScoreHistory({ history, names, ownEntryId, timeZone }: Props) {
  const { t, locale } = useTexts()
  const { metric, publicCount } = history
  const entries = history.entries.filter(({ points }) => points.length > 0)
  if (entries.length === 0) return null
  const nameOf = (entryId: string) => names.get(entryId) ?? '–'
  const rows = entries.flatMap(({ entryId, points }) => points.map((point) => ({ entryId, ...point })))
  return (
    <Panel title={t('entry.history')}>
      <p className="muted">{t('entry.historyLead')}</p>
      <div aria-hidden="true" style={{ height: 300 }}>
        <Suspense>
          <HistoryChart history={{ ...history, entries }} nameOf={nameOf} ownEntryId={ownEntryId} />
        </Suspense>
      </div>
      <details>
        <summary>{t('entry.historyTable')}</summary>
        <div className={table.scroll}>
          <table className={table.table}>
            <thead>
              <tr>
                <th scope="col">{t('entry.when')}</th>
                <th scope="col">{t('entry.team')}</th>
                <th scope="col" className={table.right}>
                  {t(`ranking.metrics.${metric}`)}
                </th>
              </tr>
            </thead>
            <tbody>
              {rows
                .toSorted((a, b) => (a.receivedAt < b.receivedAt ? -1 : 1))
                .map(({ entryId, receivedAt, value }) => (
                  <tr key={`${entryId} ${receivedAt}`}>
                    <td>
                      <time dateTime={receivedAt}>{dateTime(receivedAt, locale, timeZone)}</time>
                    </td>
                    <td>{nameOf(entryId)}</td>
                    <td className={`${table.right} num`}>{rankingValueText(metric, value, publicCount)}</td>
                  </tr>
                ))}
            </tbody>
          </table>
        </div>
      </details>
    </Panel>
  )
}
