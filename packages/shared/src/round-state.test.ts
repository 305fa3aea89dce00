import { expect, it } from 'vitest'
import { acceptsSubmissions, isRankingFrozen, type RoundDates, roundState } from './round-state.ts'

const at = (time: string) => new Date(`2026-11-23T${time}Z`)
const never: RoundDates = { opensAt: null, freezesAt: null, closesAt: null, publishedAt: null }
const dates: RoundDates = {
  opensAt: at('09:00:00'),
  freezesAt: at('17:00:00'),
  closesAt: at('18:00:00'),
  publishedAt: at('20:00:00'),
}

it.each([
  [never, '12:00:00', 'draft'],
  [dates, '08:59:59.999', 'scheduled'],
  [dates, '09:00:00', 'open'],
  [dates, '16:59:59.999', 'open'],
  [dates, '17:00:00', 'frozen'],
  [dates, '17:59:59.999', 'frozen'],
  [dates, '18:00:00', 'closed'],
  [dates, '19:59:59.999', 'closed'],
  [dates, '20:00:00', 'published'],
  [{ ...never, opensAt: at('09:00:00') }, '23:00:00', 'open'],
  [{ ...dates, freezesAt: null }, '17:30:00', 'open'],
] as const)('%j at %s is %s', (given, time, state) => {
  expect(roundState(given, at(time))).toBe(state)
})

it('takes submissions while it is open, frozen or not', () => {
  const states = ['draft', 'scheduled', 'open', 'frozen', 'closed', 'published'] as const
  expect(states.filter(acceptsSubmissions)).toEqual(['open', 'frozen'])
})

it.each([
  [dates, '16:59:59.999', false],
  [dates, '17:00:00', true],
  // "it stays frozen after close until unfrozen or published"
  [dates, '19:59:59.999', true],
  [dates, '20:00:00', false],
  [{ ...dates, freezesAt: null }, '19:00:00', false],
  [{ ...dates, freezesAt: at('08:00:00') }, '08:30:00', false],
] as const)('the ranking of %j at %s stands still: %s', (given, time, frozen) => {
  expect(isRankingFrozen(given, at(time))).toBe(frozen)
})
