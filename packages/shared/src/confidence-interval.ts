import type { MetricScore, RankingMetric } from './ranking-metric.ts'

/** The 0.975 quantile of the standard normal distribution. */
const z = 1.959963984540054

/** Both ends of a 95 % confidence interval. */
export type Interval = [low: number, high: number]

/**
 * Wilson score interval of a proportion at 95 %, within 0..1 (E. B. Wilson, J. Am. Stat. Assoc. 22, 1927).
 * `total` > 0. Slightly conservative here, because the split is stratified by class.
 */
export function wilsonInterval(correct: number, total: number): Interval {
  const p = correct / total
  const denominator = 1 + z ** 2 / total
  const centre = (p + z ** 2 / (2 * total)) / denominator
  const halfWidth = (z * Math.sqrt((p * (1 - p)) / total + z ** 2 / (4 * total ** 2))) / denominator
  return [Math.max(0, centre - halfWidth), Math.min(1, centre + halfWidth)]
}

/**
 * Mean ± 1.96 standard errors at 95 %, of a quantity that is never negative. `deviation`: the sample standard deviation of
 * `count` > 1 values.
 */
export function meanInterval(mean: number, deviation: number, count: number): Interval {
  const halfWidth = (z * deviation) / Math.sqrt(count)
  return [Math.max(0, mean - halfWidth), mean + halfWidth]
}

/**
 * The interval that a ranking by the metric shows beside a score, in the metric's own unit (proportions 0..1); null for macro-F1,
 * which has no simple one. `score.total` > 1.
 */
export function metricInterval(
  metric: RankingMetric,
  score: MetricScore & { crossEntropySd: number; squaredErrorSd: number },
): Interval | null {
  const { total } = score
  switch (metric) {
    case 'accuracy':
      return wilsonInterval(score.correct, total)
    case 'top5-error':
      return wilsonInterval(total - score.top5Correct, total)
    case 'cross-entropy':
      return meanInterval(score.crossEntropy, score.crossEntropySd, total)
    case 'squared-error':
      return meanInterval(score.squaredError, score.squaredErrorSd, total)
    case 'macro-f1':
      return null
  }
}
