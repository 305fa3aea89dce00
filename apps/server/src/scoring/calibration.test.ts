import { expect, it } from 'vitest'
import { calibrate } from './calibration.ts'

const counts = (...confidences: number[]) =>
  calibrate(
    confidences,
    confidences.map(() => true),
  ).calibrationBins.map(({ count }) => count)

it('has 15 bins that take their upper end', () => {
  expect(counts(0.2, 0.4, 1)).toEqual([0, 0, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1])
  expect(counts(0.2001)).toEqual([0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0])
})

it('keeps what rounding puts outside of 0 to 1', () => {
  expect(counts(1.0004, 0)).toEqual([1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1])
})

it('weighs the gaps of the bins by their images', () => {
  // Bin 14: 0.95 on average, half right. Bin 8: 0.6, right. (2 × 0.45 + 1 × 0.4) / 3
  const { calibrationError } = calibrate([0.94, 0.96, 0.6], [true, false, true])
  expect(calibrationError).toBeCloseTo(1.3 / 3, 12)
})

it('is 0 without images', () => {
  expect(calibrate([], []).calibrationError).toBe(0)
})
