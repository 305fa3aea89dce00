import type { RankingMetric } from '@taikai/shared/ranking-metric'
import type { LeaderboardRow } from '@taikai/shared/wire/leaderboard'

type Display = {
  unit: '%' | ''
  /** Of a row, in that unit; null where the round has no such number. */
  value(row: LeaderboardRow): number | null
  /** Of how many images the value is a share. */
  images(row: LeaderboardRow): number | null
}

/** How each metric is shown. Shares are shown in percent, what is compared rounded to 1e-4 with four decimals. */
export const metricDisplays: Record<RankingMetric, Display> = {
  accuracy: {
    unit: '%',
    value: ({ correct, total }) => (100 * correct) / total,
    images: ({ correct }) => correct,
  },
  'top5-error': {
    unit: '%',
    value: ({ top5Wrong, total }) => (top5Wrong === null ? null : (100 * top5Wrong) / total),
    images: ({ top5Wrong }) => top5Wrong,
  },
  'cross-entropy': { unit: '', value: ({ crossEntropy }) => crossEntropy, images: () => null },
  'squared-error': { unit: '', value: ({ squaredError }) => squaredError, images: () => null },
  'macro-f1': { unit: '', value: ({ macroF1 }) => macroF1, images: () => null },
}

/** A value of the metric without its unit: 91.05, 0.3421. */
export function metricNumber(metric: RankingMetric, value: number): string {
  return value.toFixed(metricDisplays[metric].unit === '%' ? 2 : 4)
}

/** A row's value with its unit; a dash where it has none. */
export function metricText(metric: RankingMetric, row: LeaderboardRow): string {
  const { unit, value } = metricDisplays[metric]
  const shown = value(row)
  return shown === null ? '–' : `${metricNumber(metric, shown)}${unit}`
}

/** A row's interval in the unit in which the metric is shown; null where it has none. */
export function shownInterval(
  metric: RankingMetric,
  { interval }: Pick<LeaderboardRow, 'interval'>,
): [low: number, high: number] | null {
  if (interval === null) return null
  const scale = metricDisplays[metric].unit === '%' ? 100 : 1
  return [interval[0] * scale, interval[1] * scale]
}
