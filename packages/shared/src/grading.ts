import { betterDirection, type RankingMetric } from './ranking-metric.ts'
import type { GradeRule } from './wire/grades.ts'

/** What a grade is read from: an entry's rank and the value of the round's metric on the private split, in the unit of `gradeValue`. */
export type GradedResult = { rank: number | null; value: number }

type Counts = {
  correct: number
  total: number
  top5Wrong: number | null
  crossEntropy: number
  squaredError: number
  macroF1: number
}

/**
 * The value that thresholds are held against: percent of images for accuracy and top-5 error, the metric itself for the others.
 * Rounded to 1e-9, so that 7 of 10 is 70 and not a hair less.
 */
export function gradeValue(metric: RankingMetric, row: Counts): number {
  const values: Record<RankingMetric, number> = {
    accuracy: (100 * row.correct) / row.total,
    'top5-error': (100 * (row.top5Wrong ?? 0)) / row.total,
    'cross-entropy': row.crossEntropy,
    'squared-error': row.squaredError,
    'macro-f1': row.macroF1,
  }
  return Math.round(values[metric] * 1e9) / 1e9
}

/**
 * The points of a result; null is an entry without one. Of the steps that it reaches (a rank up to the limit; a value at least as good
 * as it) the most points count, so that their order does not matter. Shared ranks and equal values have the same points.
 */
export function gradePoints(rule: GradeRule, metric: RankingMetric, result: GradedResult | null): number {
  if (result === null) return rule.none
  const reached = rule.steps.filter(({ limit }) => reaches(rule.by, metric, result, limit))
  return Math.max(rule.rest, ...reached.map(({ points }) => points))
}

function reaches(
  by: GradeRule['by'],
  metric: RankingMetric,
  { rank, value }: GradedResult,
  limit: number,
): boolean {
  if (by === 'rank') return rank !== null && rank <= limit
  return betterDirection(metric) === 'higher' ? value >= limit : value <= limit
}
