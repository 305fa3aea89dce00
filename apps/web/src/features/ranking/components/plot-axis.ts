import type { LeaderboardRow } from '@taikai/shared/wire/leaderboard'

const stepPercent = 5

/** The common axis of all interval plots, in percent, both ends multiples of five. */
export type PlotAxis = { low: number; high: number }

/**
 * An axis that holds the intervals of the teams and of the baselines that they have yet to reach. Weaker baselines do not
 * stretch it: one of them would squeeze all teams together.
 */
export function plotAxis(rows: readonly LeaderboardRow[]): PlotAxis {
  const share = ({ correct, total }: LeaderboardRow) => correct / total
  const best = Math.max(0, ...rows.filter(({ kind }) => kind === 'TEAM').map(share))
  const shown = rows.filter((row) => row.kind === 'TEAM' || share(row) >= best)
  const lows = shown.map((row) => row.interval[0] * 100)
  const highs = shown.map((row) => row.interval[1] * 100)
  const low = Math.max(0, Math.floor(Math.min(100 - stepPercent, ...lows) / stepPercent) * stepPercent)
  const high = Math.min(100, Math.ceil(Math.max(low + stepPercent, ...highs) / stepPercent) * stepPercent)
  return { low, high }
}

/** Where a share (0..1) lies on the axis, 0..1; outside it, below 0 or above 1. */
export function onAxis(share: number, { low, high }: PlotAxis): number {
  return (share * 100 - low) / (high - low)
}
