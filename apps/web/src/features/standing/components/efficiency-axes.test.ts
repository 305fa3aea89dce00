import { expect, it } from 'vitest'
import { logScale, shareScale } from './efficiency-axes.ts'

it('puts equal factors at equal distances between powers of ten', () => {
  const { at, ticks } = logScale([500, 2_000_000])
  expect(ticks.map(({ text }) => text)).toEqual(['100', '1K', '10K', '100K', '1M', '10M'])
  expect(at(100)).toBe(0)
  expect(at(1_000_000)).toBeCloseTo(0.8, 12)
  expect(at(10_000_000)).toBe(1)
})

it('spans a power of ten around a single number', () => {
  const { at, ticks } = logScale([1000])
  expect(ticks.map(({ text }) => text)).toEqual(['1K', '10K'])
  expect(at(1000)).toBe(0)
})

it('spans the shares that are there in steps of ten percent', () => {
  const { at, ticks } = shareScale([0.62, 0.88])
  expect(ticks.map(({ text }) => text)).toEqual(['60%', '70%', '80%', '90%'])
  expect(at(0.75)).toBeCloseTo(0.5, 12)
  expect(shareScale([1]).ticks.map(({ text }) => text)).toEqual(['90%', '100%'])
  expect(shareScale([0]).at(0)).toBe(0)
})
