import type { Locale } from '@taikai/shared/locale'

const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumSignificantDigits: 3 })
const whole = new Intl.NumberFormat('en')
/** Making one takes as long as formatting hundreds of values with it: one for each language and zone is kept. */
const dateFormats = new Map<string, Intl.DateTimeFormat>()

function dateFormat(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale} ${JSON.stringify(options)}`
  const format = dateFormats.get(key) ?? new Intl.DateTimeFormat(locale, options)
  dateFormats.set(key, format)
  return format
}

/** A share as a percentage with two decimals and no sign: 0.91049 → "91.05". */
export function percent(share: number): string {
  return (share * 100).toFixed(2)
}

/** 1250000 → "1.25M", 551722 → "552K"; small numbers stay whole. */
export function compactCount(value: number): string {
  return compact.format(value)
}

/** 10000 → "10,000". */
export function count(value: number): string {
  return whole.format(value)
}

/** Bytes in B, kB, MB or GB of 1024. */
export function fileSize(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`
  const megabytes = bytes / 1024 ** 2
  if (megabytes >= 1024) return `${Number((megabytes / 1024).toFixed(1))} GB`
  return megabytes >= 1 ? `${Number(megabytes.toFixed(1))} MB` : `${Math.round(bytes / 1024)} kB`
}

const dateParts = {
  month: 'short',
  day: 'numeric',
  weekday: 'short',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
} as const

/** The year is said where it is not this one. */
function yearPart(date: Date): { year?: 'numeric' } {
  return date.getFullYear() === new Date().getFullYear() ? {} : { year: 'numeric' }
}

/** An instant in one zone with the zone's name, e.g. "12月4日(金) 23:59 JST". */
export function dateTime(instant: string, locale: Locale, timeZone?: string): string {
  return dateFormat(locale, {
    ...dateParts,
    ...yearPart(new Date(instant)),
    ...(timeZone !== undefined && { timeZone, timeZoneName: 'short' }),
  }).format(new Date(instant))
}

/** An instant to the second, for logs. */
export function dateTimeWithSeconds(instant: string, locale: Locale): string {
  return dateFormat(locale, { ...dateParts, second: '2-digit' }).format(new Date(instant))
}

/** The time of day of an instant, in milliseconds, for ticks of charts. */
export function timeOfDay(instant: number, locale: Locale, seconds: boolean): string {
  const { hour, minute, hourCycle } = dateParts
  return dateFormat(locale, { hour, minute, hourCycle, ...(seconds && { second: '2-digit' }) }).format(
    instant,
  )
}

const here = Intl.DateTimeFormat().resolvedOptions().timeZone

/** Whether this device may have another clock than that zone. */
export const isElsewhere = (timeZone: string): boolean => here !== timeZone

/** An instant in the round's zone, and in the viewer's own where the clocks differ. */
export function dateTimeInBothZones(
  instant: string,
  locale: Locale,
  roundZone: string,
): { round: string; viewer: string | null } {
  const clock = (timeZone: string) => dateFormat('en', { ...dateParts, timeZone }).format(new Date(instant))
  return {
    round: dateTime(instant, locale, roundZone),
    viewer: clock(here) === clock(roundZone) ? null : dateTime(instant, locale, here),
  }
}

/** A zone in words: "Asia/Tokyo" → "日本時間". */
export function zoneName(timeZone: string, locale: Locale): string {
  const parts = new Intl.DateTimeFormat(locale, { timeZone, timeZoneName: 'longGeneric' }).formatToParts()
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? timeZone
}

const agoFormats = {
  ja: new Intl.RelativeTimeFormat('ja', { numeric: 'auto', style: 'short' }),
  en: new Intl.RelativeTimeFormat('en', { numeric: 'auto', style: 'short' }),
} satisfies Record<Locale, Intl.RelativeTimeFormat>

/** How long ago an instant was, in the largest unit that fits: "3 分前". */
export function timeAgo(instant: string, now: Date, locale: Locale): string {
  const seconds = Math.min(0, (new Date(instant).getTime() - now.getTime()) / 1000)
  const format = agoFormats[locale]
  if (seconds > -60) return format.format(0, 'second')
  if (seconds > -3600) return format.format(Math.round(seconds / 60), 'minute')
  if (seconds > -86_400) return format.format(Math.round(seconds / 3600), 'hour')
  return format.format(Math.round(seconds / 86_400), 'day')
}

/** Milliseconds as days, hours and minutes, e.g. { days: 2, clock: "04:31" }. Negative values count as zero. */
export function countdown(ms: number): { days: number; clock: string } {
  const minutes = Math.max(0, Math.floor(ms / 60_000))
  const two = (value: number) => String(value).padStart(2, '0')
  return {
    days: Math.floor(minutes / 1440),
    clock: `${two(Math.floor((minutes % 1440) / 60))}:${two(minutes % 60)}`,
  }
}
