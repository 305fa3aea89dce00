export const rankingMetrics = [
  'accuracy',
  'top5-error',
  'cross-entropy',
  'squared-error',
  'macro-f1',
] as const
export type RankingMetric = (typeof rankingMetrics)[number]

/** What every metric is read from: one run's score on one split, fields as in the table Score. */
export type MetricScore = {
  correct: number
  total: number
  top5Correct: number
  crossEntropy: number
  squaredError: number
  macroF1: number
}

type Definition = {
  better: 'higher' | 'lower'
  key(score: MetricScore): number
  /** Whether the metric counts images, so that two models can be compared image by image (McNemar). */
  countsImages: boolean
}

/** Steps of 1e-4: metrics that are not counts are compared and shown rounded to that. */
export const roundedSteps = 10_000
const rounded = (value: number) => Math.round(value * roundedSteps)

const definitions: Record<RankingMetric, Definition> = {
  accuracy: { better: 'higher', key: ({ correct }) => correct, countsImages: true },
  'top5-error': { better: 'lower', key: ({ total, top5Correct }) => total - top5Correct, countsImages: true },
  'cross-entropy': { better: 'lower', key: ({ crossEntropy }) => rounded(crossEntropy), countsImages: false },
  'squared-error': { better: 'lower', key: ({ squaredError }) => rounded(squaredError), countsImages: false },
  'macro-f1': { better: 'higher', key: ({ macroF1 }) => rounded(macroF1), countsImages: false },
}

/**
 * The integer that a ranking compares, of scores on one split: images right (accuracy), images wrong (top-5 error), else the
 * metric in steps of 1e-4. Equal integers share a rank.
 */
export function rankingValue(metric: RankingMetric, score: MetricScore): number {
  return definitions[metric].key(score)
}

/** Which end of `rankingValue` is first. */
export function betterDirection(metric: RankingMetric): 'higher' | 'lower' {
  return definitions[metric].better
}

/** Negative where `a` is the better ranking value, positive where `b` is, 0 where they share a rank. */
export function compareRankingValues(metric: RankingMetric, a: number, b: number): number {
  return betterDirection(metric) === 'higher' ? b - a : a - b
}

/** Whether the ranking shows groups of entries that are not shown to differ. */
export function hasTieGroups(metric: RankingMetric): boolean {
  return definitions[metric].countsImages
}

/** Whether a round of so many classes can rank by the metric: with five or fewer, the first five always hold the true one. */
export function isMetricAvailable(metric: RankingMetric, classCount: number): boolean {
  return metric !== 'top5-error' || classCount > 5
}
