import type { RankingMetric } from '@taikai/shared/ranking-metric'
import type { LeaderboardRow } from '@taikai/shared/wire/leaderboard'
import { metricDisplays, shownInterval } from './metric-display.ts'

const stepPercent = 5

/** The common axis of all interval plots, in the unit in which the metric is shown; both ends are round numbers. */
export type PlotAxis = { low: number; high: number }

/**
 * An axis that holds the intervals of the teams and of the baselines that they have yet to reach. Weaker baselines do not
 * stretch it: one of them would squeeze all teams together. `rows`: in the order of the ranking. Null without intervals.
 */
export function plotAxis(rows: readonly LeaderboardRow[], metric: RankingMetric): PlotAxis | null {
  const firstTeam = rows.findIndex(({ kind }) => kind === 'TEAM')
  const shown = rows.filter(({ kind }, index) => kind === 'TEAM' || firstTeam === -1 || index < firstTeam)
  const intervals = shown.flatMap((row) => {
    const interval = shownInterval(metric, row)
    return interval === null ? [] : [interval]
  })
  if (intervals.length === 0) return null
  const lowest = Math.min(...intervals.map(([low]) => low))
  const highest = Math.max(...intervals.map(([, high]) => high))
  if (metricDisplays[metric].unit === '%') {
    const low = Math.max(0, Math.floor(Math.min(100 - stepPercent, lowest) / stepPercent) * stepPercent)
    return {
      low,
      high: Math.min(100, Math.ceil(Math.max(low + stepPercent, highest) / stepPercent) * stepPercent),
    }
  }
  const step = roundStep(highest - lowest)
  const low = Math.max(0, Math.floor(lowest / step))
  return { low: tidy(low * step), high: tidy(Math.max(low + 1, Math.ceil(highest / step)) * step) }
}

/** The power of ten below a range, so that the range is one to ten of them; 1e-4, the smallest difference, at least. */
function roundStep(range: number): number {
  return 10 ** Math.max(-4, Math.floor(Math.log10(Math.max(range, Number.MIN_VALUE))))
}

/** Without what binary fractions leave behind: 0.3, not 0.30000000000000004. */
function tidy(value: number): number {
  return Number(value.toPrecision(10))
}

/** Where a value lies on the axis, 0..1; outside it, below 0 or above 1. */
export function onAxis(value: number, { low, high }: PlotAxis): number {
  return (value - low) / (high - low)
}
