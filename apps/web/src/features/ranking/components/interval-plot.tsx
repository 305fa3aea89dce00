import type { LeaderboardRow } from '@taikai/shared/wire/leaderboard'
import { useTexts } from '../../../i18n/i18n.ts'
import { percent } from '../../../lib/format.ts'
import { onAxis, type PlotAxis } from './plot-axis.ts'
import classes from './ranking-table.module.css'

const width = 280
const margin = 6

/** A dot at the accuracy and a line over its 95 % interval, on the axis that all rows share. */
export function IntervalPlot({ row, axis }: { row: LeaderboardRow; axis: PlotAxis }) {
  const { t } = useTexts()
  const x = (share: number) => margin + Math.max(0, Math.min(1, onAxis(share, axis))) * (width - 2 * margin)
  const share = row.correct / row.total
  const [low, high] = row.interval
  const position = onAxis(share, axis)
  const label = t('ranking.interval', { low: percent(low), high: percent(high) })
  return (
    <svg className={classes.plotSvg} viewBox={`0 0 ${width} 22`} role="img" aria-label={label}>
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
          <circle className={classes.dot} cx={x(share)} cy="11" r="4.5" />
        </>
      )}
    </svg>
  )
}
