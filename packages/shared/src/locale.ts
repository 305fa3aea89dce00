export const locales = ['ja', 'en'] as const
export type Locale = (typeof locales)[number]

/** Holds the language that was chosen on this device, where the server sees it too. */
export const localeCookie = 'taikai-locale'

/** The language chosen by a `Cookie` header or `document.cookie`; Japanese where none was. */
export function localeOfCookies(cookies: string): Locale {
  const pairs = cookies.split(';').map((pair) => pair.trim())
  return locales.find((locale) => pairs.includes(`${localeCookie}=${locale}`)) ?? 'ja'
}
