import type { LeaderboardView } from '@taikai/shared/leaderboard-view'
import type { RankingMetric } from '@taikai/shared/ranking-metric'
import type { LeaderboardRow } from '@taikai/shared/wire/leaderboard'
import type { RefObject } from 'react'
import { useRoundTime } from '../../../components/ui/round-time.tsx'
import { useTexts } from '../../../i18n/i18n.ts'
import { compactCount, count, timeAgo } from '../../../lib/format.ts'
import { IntervalPlot } from './interval-plot.tsx'
import { metricDisplays, metricNumber, metricText } from './metric-display.ts'
import type { PlotAxis } from './plot-axis.ts'
import classes from './ranking-table.module.css'
import { ShakeUp } from './shake-up.tsx'
import type { TieBracket } from './tie-brackets.ts'

type Props = {
  row: LeaderboardRow
  view: LeaderboardView
  metric: RankingMetric
  /** What is shown beside the metric that ranks. */
  second: RankingMetric
  /** Null where the metric has no intervals. */
  axis: PlotAxis | null
  bracket: TieBracket | null
  /** Whether the bracket is told in words only. */
  apart: boolean
  /** Of the viewer's own row, which can be led to. */
  ownRow?: RefObject<HTMLTableRowElement | null>
  timeZone: string
}

export function RankingRow({ row, view, metric, second, axis, bracket, apart, ownRow, timeZone }: Props) {
  const { t, locale } = useTexts()
  const inBothZones = useRoundTime(timeZone)
  const own = ownRow !== undefined
  const baseline = row.kind === 'BASELINE'
  const { unit, value, images } = metricDisplays[metric]
  const imageCount = images(row)
  const wide = `${classes.right} ${classes.wide} num`
  return (
    <tr
      data-entry={row.entryId}
      className={own ? classes.own : baseline ? classes.baseline : undefined}
      {...(own && { ref: ownRow, tabIndex: -1 })}
    >
      <td className={`${classes.rank} num`} data-tie={apart ? undefined : bracket?.part}>
        {row.rank ?? t('ranking.baseline')}
        {(bracket?.part === 'middle' || bracket?.part === 'last') && (
          <span className={classes.hidden}>{t('ranking.tied', { name: bracket.leader })}</span>
        )}
      </td>
      {view === 'final' && (
        <td className="num">
          <ShakeUp rank={row.rank} publicRank={row.publicRank} />
        </td>
      )}
      <th scope="row" className={classes.team}>
        {row.name}
        {own && <span className={classes.you}>{t('ranking.you')}</span>}
        <span className={classes.who}>
          {baseline ? t('ranking.baselineBy') : t('ranking.members', { count: row.memberCount })}
        </span>
      </th>
      {axis !== null && (
        <td className={classes.wide}>
          <IntervalPlot row={row} metric={metric} axis={axis} />
        </td>
      )}
      <td className={`${classes.right} ${classes.score} num`}>
        {metricNumber(metric, value(row) ?? 0)}
        {unit !== '' && <small>{unit}</small>}
        {imageCount !== null && (
          <span className={classes.who}>
            {t('ranking.images', { count: imageCount, total: count(row.total) })}
          </span>
        )}
      </td>
      <td className={wide}>{metricText(second, row)}</td>
      <td className={wide}>{compactCount(row.parameters)}</td>
      <td className={wide}>{baseline ? '–' : count(row.submissionCount)}</td>
      <td className={wide}>
        <time dateTime={row.receivedAt} title={inBothZones(row.receivedAt)} suppressHydrationWarning>
          {timeAgo(row.receivedAt, new Date(), locale)}
        </time>
      </td>
    </tr>
  )
}
