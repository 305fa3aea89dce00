import { describe, expect, it } from 'vitest'
import { meanInterval, metricInterval, wilsonInterval } from './confidence-interval.ts'

describe('wilsonInterval', () => {
  // The roots of (p - x)² = z² x (1 - x) / n, solved as a quadratic equation in Python.
  it.each([
    [850, 1000, 0.826531, 0.87079],
    [1, 10, 0.017876, 0.40415],
    [5, 10, 0.236593, 0.763407],
  ])('%i of %i', (correct, total, low, high) => {
    const interval = wilsonInterval(correct, total)
    expect(interval[0]).toBeCloseTo(low, 5)
    expect(interval[1]).toBeCloseTo(high, 5)
  })

  it('stays within 0 and 1 at the ends', () => {
    // n = 10, p = 0: the upper end is z²/(n + z²) = 3.8415 / 13.8415.
    expect(wilsonInterval(0, 10)[0]).toBe(0)
    expect(wilsonInterval(0, 10)[1]).toBeCloseTo(0.277533, 5)
    expect(wilsonInterval(10, 10)[1]).toBeCloseTo(1, 12)
    expect(wilsonInterval(10, 10)[0]).toBeCloseTo(0.722467, 5)
  })
})

describe('meanInterval', () => {
  it('is 1.96 standard errors wide on each side', () => {
    // 2 / √400 = 0.1
    const [low, high] = meanInterval(0.5, 2, 400)
    expect(low).toBeCloseTo(0.304, 4)
    expect(high).toBeCloseTo(0.696, 4)
  })

  it('does not fall below 0', () => {
    expect(meanInterval(0.01, 2, 400)[0]).toBe(0)
  })
})

it('goes with the metric, and macro-F1 has none', () => {
  const score = {
    correct: 850,
    total: 1000,
    top5Correct: 990,
    crossEntropy: 0.5,
    crossEntropySd: 1,
    squaredError: 0.2,
    squaredErrorSd: 0.3,
    macroF1: 0.84,
  }
  expect(metricInterval('accuracy', score)).toEqual(wilsonInterval(850, 1000))
  expect(metricInterval('top5-error', score)).toEqual(wilsonInterval(10, 1000))
  expect(metricInterval('cross-entropy', score)).toEqual(meanInterval(0.5, 1, 1000))
  expect(metricInterval('squared-error', score)).toEqual(meanInterval(0.2, 0.3, 1000))
  expect(metricInterval('macro-f1', score)).toBeNull()
})
