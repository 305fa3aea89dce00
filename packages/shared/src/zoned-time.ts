import { Temporal } from 'temporal-polyfill'

/** The calendar day of a zone that an instant lies in: from `startsAt` (included) to `endsAt` (excluded). */
export type ZonedDay = { startsAt: Date; endsAt: Date }

/**
 * The day of `instant` in a zone (IANA name). Days begin when the zone's clocks first show a new date: where daylight saving
 * skips midnight, at 01:00. A day has 23 or 25 hours where clocks change.
 */
export function zonedDay(instant: Date, timeZone: string): ZonedDay {
  const start = Temporal.Instant.fromEpochMilliseconds(instant.getTime())
    .toZonedDateTimeISO(timeZone)
    .startOfDay()
  return { startsAt: toDate(start), endsAt: toDate(start.add({ days: 1 }).startOfDay()) }
}

/** An instant as a zone's wall-clock time, `YYYY-MM-DD HH:mm:ss`. */
export function toWallClock(instant: string, timeZone: string): string {
  const local = Temporal.Instant.from(instant).toZonedDateTimeISO(timeZone).toPlainDateTime()
  return local.toString({ smallestUnit: 'second' }).replace('T', ' ')
}

/**
 * A zone's wall-clock time (`YYYY-MM-DD HH:mm:ss`) as an ISO instant. A time that daylight saving skips is moved on by the
 * hour that is missing; of a time that comes twice, the first is meant. Throws RangeError where it cannot be read.
 */
export function fromWallClock(wallClock: string, timeZone: string): string {
  const zoned = Temporal.PlainDateTime.from(wallClock).toZonedDateTime(timeZone, {
    disambiguation: 'compatible',
  })
  return toDate(zoned).toISOString()
}

function toDate(zoned: Temporal.ZonedDateTime): Date {
  return new Date(zoned.epochMilliseconds)
}
