import { hasTieGroups, type RankingMetric, roundedSteps } from '@taikai/shared/ranking-metric'

/** A ranking value in the unit in which it is read: counted images in percent of `total`, the rest as the metric itself. */
export function shownValue(metric: RankingMetric, value: number, total: number): number {
  return hasTieGroups(metric) ? (100 * value) / total : value / roundedSteps
}

/** A value in that unit, as text. */
export function shownText(metric: RankingMetric, shown: number): string {
  return hasTieGroups(metric) ? `${shown.toFixed(2)}%` : shown.toFixed(4)
}

/** A ranking value as it is read. */
export function rankingValueText(metric: RankingMetric, value: number, total: number): string {
  return shownText(metric, shownValue(metric, value, total))
}
