import { betterDirection } from '@taikai/shared/ranking-metric'
import type { Leaderboard } from '@taikai/shared/wire/leaderboard'
import type { RefObject } from 'react'
import { useTexts } from '../../../i18n/i18n.ts'
import { metricDisplays } from './metric-display.ts'
import { nameMatches } from './name-matches.ts'
import { plotAxis } from './plot-axis.ts'
import { RankingRow } from './ranking-row.tsx'
import classes from './ranking-table.module.css'
import { tieBrackets } from './tie-brackets.ts'
import { useGlidingRows } from './use-gliding-rows.ts'

type Props = {
  leaderboard: Leaderboard
  title: string
  ownEntryId: string | null
  timeZone: string
  /** Only rows with it in their names are shown; empty: all. */
  search: string
  ownRow: RefObject<HTMLTableRowElement | null>
}

/** The rows of a ranking that has some, with the columns that its metric and its view have. */
export function RankingTable({ leaderboard, title, ownEntryId, timeZone, search, ownRow }: Props) {
  const { t } = useTexts()
  const { rows, metric, view } = leaderboard
  const body = useGlidingRows(rows, search)
  const axis = plotAxis(rows, metric)
  const brackets = tieBrackets(rows)
  const name = t(`ranking.metrics.${metric}`)
  const second = metric === 'accuracy' ? 'top5-error' : 'accuracy'
  const wide = `${classes.right} ${classes.wide}`
  return (
    <table className={classes.table}>
      <caption className={classes.hidden}>{t('ranking.caption', { title })}</caption>
      <thead>
        <tr>
          <th scope="col">{t('ranking.rank')}</th>
          {view === 'final' && <th scope="col">{t('ranking.shakeUp')}</th>}
          <th scope="col">{t('ranking.team')}</th>
          {axis !== null && (
            <th scope="col" className={classes.wide}>
              {t('ranking.plot', { metric: name })}
              <span className={`${classes.scale} num`}>
                {axis.low}–{axis.high}
                {metricDisplays[metric].unit}
              </span>
            </th>
          )}
          <th scope="col" className={`${classes.right} ${classes.last}`}>
            {name}
            <span className={classes.direction}>{t(`ranking.${betterDirection(metric)}`)}</span>
          </th>
          <th scope="col" className={wide}>
            {t(`ranking.metrics.${second}`)}
          </th>
          <th scope="col" className={wide}>
            {t('ranking.parameters')}
          </th>
          <th scope="col" className={wide}>
            {t('ranking.submissions')}
          </th>
          <th scope="col" className={wide}>
            {t('ranking.when')}
          </th>
        </tr>
      </thead>
      <tbody ref={body}>
        {rows.map(
          (row, index) =>
            nameMatches(row.name, search) && (
              <RankingRow
                key={row.entryId}
                {...{ row, view, metric, second, axis, timeZone }}
                bracket={brackets[index] ?? null}
                // Rows between which others are left out must not look joined.
                apart={search !== ''}
                {...(row.entryId === ownEntryId && { ownRow })}
              />
            ),
        )}
      </tbody>
    </table>
  )
}
