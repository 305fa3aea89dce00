import { describe, expect, it } from 'vitest'
import { fromWallClock, toWallClock, zonedDay } from './zoned-time.ts'

const hour = 3_600_000

describe('a day of a zone', () => {
  // Tokyo is at UTC+9 all year: its midnight is 15:00 UTC.
  it.each([
    ['2026-12-04T14:59:59.999Z', '2026-12-03T15:00:00.000Z'],
    ['2026-12-04T15:00:00.000Z', '2026-12-04T15:00:00.000Z'],
  ])('in Asia/Tokyo, %s belongs to the day from %s', (instant, startsAt) => {
    const day = zonedDay(new Date(instant), 'Asia/Tokyo')
    expect(day.startsAt.toISOString()).toBe(startsAt)
    expect(day.endsAt.getTime() - day.startsAt.getTime()).toBe(24 * hour)
  })

  // New York goes from UTC-5 to UTC-4 on 8 March 2026 and back on 1 November 2026.
  it.each([
    ['2026-03-08T12:00:00Z', '2026-03-08T05:00:00.000Z', 23],
    ['2026-11-01T12:00:00Z', '2026-11-01T04:00:00.000Z', 25],
    // The hour that comes twice, once in each offset.
    ['2026-11-01T05:30:00Z', '2026-11-01T04:00:00.000Z', 25],
    ['2026-11-01T06:30:00Z', '2026-11-01T04:00:00.000Z', 25],
  ])('in America/New_York, %s is in a day from %s of %i hours', (instant, startsAt, hours) => {
    const day = zonedDay(new Date(instant), 'America/New_York')
    expect(day.startsAt.toISOString()).toBe(startsAt)
    expect(day.endsAt.getTime() - day.startsAt.getTime()).toBe(hours * hour)
  })

  it('begins at 01:00 where clocks skip midnight, and the day before ends there', () => {
    // Beirut went from 00:00 (UTC+2) to 01:00 (UTC+3) on 29 March 2026.
    const midnight = new Date('2026-03-28T22:00:00Z')
    expect(zonedDay(midnight, 'Asia/Beirut').startsAt).toEqual(midnight)
    expect(zonedDay(new Date(midnight.getTime() - 1), 'Asia/Beirut').endsAt).toEqual(midnight)
    expect(toWallClock(midnight.toISOString(), 'Asia/Beirut')).toBe('2026-03-29 01:00:00')
  })
})

describe('wall-clock times', () => {
  it.each([
    ['2026-12-04 23:59:00', 'Asia/Tokyo', '2026-12-04T14:59:00.000Z'],
    ['2026-12-04 09:00:00', 'America/New_York', '2026-12-04T14:00:00.000Z'],
    ['2026-07-04 09:00:00', 'America/New_York', '2026-07-04T13:00:00.000Z'],
    // The last minutes before and the first after each change of New York's clocks.
    ['2026-03-08 01:59:00', 'America/New_York', '2026-03-08T06:59:00.000Z'],
    ['2026-03-08 03:00:00', 'America/New_York', '2026-03-08T07:00:00.000Z'],
    ['2026-11-01 00:59:00', 'America/New_York', '2026-11-01T04:59:00.000Z'],
    ['2026-11-01 02:00:00', 'America/New_York', '2026-11-01T07:00:00.000Z'],
  ])('%s in %s is %s, and back', (wallClock, timeZone, instant) => {
    expect(fromWallClock(wallClock, timeZone)).toBe(instant)
    expect(toWallClock(instant, timeZone)).toBe(wallClock)
  })

  it('that are skipped move on by an hour, that come twice are the first', () => {
    expect(fromWallClock('2026-03-08 02:30:00', 'America/New_York')).toBe('2026-03-08T07:30:00.000Z')
    expect(fromWallClock('2026-11-01 01:30:00', 'America/New_York')).toBe('2026-11-01T05:30:00.000Z')
  })

  it('that cannot be read are refused', () => {
    expect(() => fromWallClock('tomorrow', 'Asia/Tokyo')).toThrow(RangeError)
  })
})
