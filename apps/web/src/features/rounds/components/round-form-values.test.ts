import { describe, expect, it } from 'vitest'
import { emptyRound, toInstant, toRequest, toWallClock } from './round-form-values.ts'

describe('dates in the round’s zone', () => {
  it('reads a wall-clock time in the zone, whatever zone the browser is in', () => {
    expect(toInstant('2026-12-04 23:59:00', 'Asia/Tokyo')).toBe('2026-12-04T14:59:00.000Z')
    // New York is at UTC−5 in December, at UTC−4 in July.
    expect(toInstant('2026-12-04 09:00:00', 'America/New_York')).toBe('2026-12-04T14:00:00.000Z')
    expect(toInstant('2026-07-04 09:00:00', 'America/New_York')).toBe('2026-07-04T13:00:00.000Z')
  })

  it('writes an instant as the zone’s wall-clock time', () => {
    expect(toWallClock('2026-12-04T14:59:00.000Z', 'Asia/Tokyo')).toBe('2026-12-04 23:59:00')
  })

  it('keeps an absent date absent', () => {
    expect(toInstant(null, 'Asia/Tokyo')).toBeNull()
    expect(toInstant('', 'Asia/Tokyo')).toBeNull()
    expect(toWallClock(null, 'Asia/Tokyo')).toBeNull()
  })
})

it('sends the upload limit in bytes', () => {
  expect(toRequest({ ...emptyRound('d'), uploadMaxMegabytes: 40 }).uploadMaxBytes).toBe(41_943_040)
})
