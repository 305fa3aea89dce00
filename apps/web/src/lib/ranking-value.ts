import { hasTieGroups, type RankingMetric, roundedSteps } from '@taikai/shared/ranking-metric'

/** A ranking value as it is read: counted images as a percentage of `total`, the rest with four decimals. */
export function rankingValueText(metric: RankingMetric, value: number, total: number): string {
  return hasTieGroups(metric) ? `${((100 * value) / total).toFixed(2)}%` : (value / roundedSteps).toFixed(4)
}
