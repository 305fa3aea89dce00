import { expect, it } from 'vitest'
import { meanConfidence } from './mean-confidence.ts'

it('weighs the bins by their images', () => {
  // (3 × 0.5 + 1 × 0.9) / 4
  const bins = [
    { count: 3, meanConfidence: 0.5 },
    { count: 0, meanConfidence: 0 },
    { count: 1, meanConfidence: 0.9 },
  ]
  expect(meanConfidence(bins)).toBeCloseTo(0.6, 12)
  expect(meanConfidence([])).toBe(0)
})
