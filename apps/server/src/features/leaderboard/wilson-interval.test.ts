import { describe, expect, it } from 'vitest'
import { wilsonInterval } from './wilson-interval.ts'

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
