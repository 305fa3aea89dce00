import { type Locale, locales } from '@taikai/shared/locale'

/** The language to answer in: the one of ours that `Accept-Language` (RFC 9110, 12.5.4) wants most, else Japanese. */
export function preferredLocale(acceptLanguage: string | undefined): Locale {
  const wanted = (acceptLanguage ?? '')
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.trim().toLowerCase().split(';')
      const quality = parameters.map((text) => text.trim()).find((text) => text.startsWith('q='))
      return { language: tag.split('-')[0], quality: quality === undefined ? 1 : Number(quality.slice(2)) }
    })
    .filter(({ quality }) => quality > 0)
    // The sort is stable: of equal wishes the first one counts.
    .sort((a, b) => b.quality - a.quality)
  for (const { language } of wanted) {
    const locale = locales.find((known) => known === language)
    if (locale !== undefined) return locale
  }
  return 'ja'
}
