import { describe, expect, it } from 'vitest'
import {
  betterDirection,
  compareRankingValues,
  hasTieGroups,
  isMetricAvailable,
  type MetricScore,
  rankingMetrics,
  rankingValue,
} from './ranking-metric.ts'

const score: MetricScore = {
  correct: 851,
  total: 1000,
  top5Correct: 988,
  crossEntropy: 0.43216,
  squaredError: 0.12344,
  macroF1: 0.84996,
}

describe('rankingValue', () => {
  it.each([
    ['accuracy', 851],
    ['top5-error', 12],
    ['cross-entropy', 4322],
    ['squared-error', 1234],
    ['macro-f1', 8500],
  ] as const)('%s is %i', (metric, value) => {
    expect(rankingValue(metric, score)).toBe(value)
  })

  it('is equal where scores differ by less than they are shown to', () => {
    const sameShown = { ...score, crossEntropy: 0.43224 }
    expect(rankingValue('cross-entropy', sameShown)).toBe(rankingValue('cross-entropy', score))
  })
})

it.each([
  ['accuracy', 'higher'],
  ['top5-error', 'lower'],
  ['cross-entropy', 'lower'],
  ['squared-error', 'lower'],
  ['macro-f1', 'higher'],
] as const)('ranks %s with the %s first', (metric, direction) => {
  expect(betterDirection(metric)).toBe(direction)
  const ordered = [20, 10, 30].toSorted((a, b) => compareRankingValues(metric, a, b))
  expect(ordered).toEqual(direction === 'higher' ? [30, 20, 10] : [10, 20, 30])
  expect(compareRankingValues(metric, 7, 7)).toBe(0)
})

it('groups by counts of images only', () => {
  expect(rankingMetrics.filter(hasTieGroups)).toEqual(['accuracy', 'top5-error'])
})

it('offers the top-5 error with more than five classes only', () => {
  expect(rankingMetrics.filter((metric) => !isMetricAvailable(metric, 5))).toEqual(['top5-error'])
  expect(rankingMetrics.every((metric) => isMetricAvailable(metric, 6))).toBe(true)
})
