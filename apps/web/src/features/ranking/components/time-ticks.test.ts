import { expect, it } from 'vitest'
import { distinctTicks, tickDetail } from './time-ticks.ts'

it('tells time as finely as the span asks for', () => {
  expect([30_000, 3_600_000, 2 * 86_400_000].map(tickDetail)).toEqual(['seconds', 'minutes', 'day'])
})

it('says no text twice in a row', () => {
  expect(distinctTicks([1, 1.2, 2, 2.9, 3], (time) => String(Math.floor(time)))).toEqual([1, 2, 3])
  expect(distinctTicks([], String)).toEqual([])
})
