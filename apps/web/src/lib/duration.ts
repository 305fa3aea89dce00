import type { Locale } from '@taikai/shared/locale'

/** Seconds in the largest unit that fits: "40 秒", "3 分", "1.5 時間". */
export function duration(seconds: number, locale: Locale): string {
  const [value, unit] =
    seconds < 60 ? [seconds, 'second'] : seconds < 3600 ? [seconds / 60, 'minute'] : [seconds / 3600, 'hour']
  const maximumFractionDigits = unit === 'hour' ? 1 : 0
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit,
    unitDisplay: 'short',
    maximumFractionDigits,
  }).format(value)
}
