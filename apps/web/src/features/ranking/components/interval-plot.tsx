import type { RankingMetric } from '@taikai/shared/ranking-metric'
import type { LeaderboardRow } from '@taikai/shared/wire/leaderboard'
import { useTexts } from '../../../i18n/i18n.ts'
import classes from './interval-plot.module.css'
import { metricDisplays, metricNumber, shownInterval } from './metric-display.ts'
import { onAxis, type PlotAxis } from './plot-axis.ts'

const width = 280
const margin = 6

type Props = { row: LeaderboardRow; metric: RankingMetric; axis: PlotAxis }

/** A dot at the row's value and a line over its 95 % interval, on the axis that all rows share. */
export function IntervalPlot({ row, metric, axis }: Props) {
  const { t } = useTexts()
  const { unit } = metricDisplays[metric]
  const value = metricDisplays[metric].value(row)
  const interval = shownInterval(metric, row)
  if (value === null || interval === null) return null
  const x = (at: number) => margin + Math.max(0, Math.min(1, onAxis(at, axis))) * (width - 2 * margin)
  const [low, high] = interval
  const position = onAxis(value, axis)
  const label = t('ranking.interval', {
    low: metricNumber(metric, low),
    high: `${metricNumber(metric, high)}${unit}`,
  })
  return (
    <svg className={classes.plot} viewBox={`0 0 ${width} 22`} role="img" aria-label={label}>
      <title>{label}</title>
      <line className={classes.axis} x1={margin} x2={width - margin} y1="11" y2="11" />
      {position < 0 ? (
        <text className={classes.offAxis} x={margin} y="8">
          ◂ {t('ranking.offAxis')}
        </text>
      ) : position > 1 ? (
        <text className={classes.offAxis} x={width - margin} y="8" textAnchor="end">
          {t('ranking.offAxis')} ▸
        </text>
      ) : (
        <>
          <line className={classes.interval} x1={x(low)} x2={x(high)} y1="11" y2="11" />
          <circle className={classes.dot} cx={x(value)} cy="11" r="4.5" />
        </>
      )}
    </svg>
  )
}
