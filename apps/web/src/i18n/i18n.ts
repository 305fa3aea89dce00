import { type Locale, localeCookie, localeOfCookies, locales } from '@taikai/shared/locale'
import type { Me } from '@taikai/shared/wire/account'
import i18next from 'i18next'
import { initReactI18next, useTranslation } from 'react-i18next'
import type { ja } from './ja.ts'
import type { jaInstructor } from './ja-instructor.ts'

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { translation: typeof ja & typeof jaInstructor }
  }
}

function isLocale(value: string | null): value is Locale {
  return locales.some((locale) => locale === value)
}

/** The server looks at the same cookie when it writes a page. */
function storedLocale(): Locale {
  return localeOfCookies(document.cookie)
}

function storeLocale(locale: Locale): void {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in Firefox and on plain http.
  document.cookie = `${localeCookie}=${locale}; path=/; max-age=${365 * 24 * 3600}; samesite=lax`
}

/** The texts of each language, fetched when it is chosen. */
const texts: Record<Locale, () => Promise<typeof ja>> = {
  ja: async () => (await import('./ja.ts')).ja,
  en: async () => (await import('./en.ts')).en,
}

/** Those of instructors' pages beside them. */
const instructorTexts: Record<Locale, () => Promise<typeof jaInstructor>> = {
  ja: async () => (await import('./ja-instructor.ts')).jaInstructor,
  en: async () => (await import('./en-instructor.ts')).enInstructor,
}
let forInstructors = false

export const i18n = i18next.createInstance()

/** Japanese unless the viewer chose otherwise before. Resolves when texts are there. */
export async function startI18n(): Promise<void> {
  const showLanguage = (language: string) => {
    document.documentElement.lang = language
  }
  i18n.on('languageChanged', showLanguage)
  const locale = storedLocale()
  await i18n.use(initReactI18next).init({
    lng: locale,
    supportedLngs: [...locales],
    resources: { [locale]: { translation: await texts[locale]() } },
    // React escapes.
    interpolation: { escapeValue: false },
  })
}

/** Every text in every language, for the server, which writes pages for all. */
export async function startServerI18n(): Promise<Record<Locale, typeof i18n>> {
  await i18n.use(initReactI18next).init({
    lng: 'ja',
    supportedLngs: [...locales],
    resources: {},
    interpolation: { escapeValue: false },
  })
  for (const locale of locales) {
    i18n.addResourceBundle(locale, 'translation', await texts[locale]())
    await addInstructorTexts(locale)
  }
  forInstructors = true
  return { ja: i18n, en: i18n.cloneInstance({ lng: 'en' }) }
}

/** Switches the language of every text, and remembers it on this device. */
export async function switchLocale(locale: Locale): Promise<void> {
  storeLocale(locale)
  if (!i18n.hasResourceBundle(locale, 'translation'))
    i18n.addResourceBundle(locale, 'translation', await texts[locale]())
  if (forInstructors) await addInstructorTexts(locale)
  await i18n.changeLanguage(locale)
}

/** What instructors see on any page, the banner of the student view included, has its texts when it appears. */
export async function loadInstructorTextsFor(me: Me | null): Promise<void> {
  if (me !== null && (me.role === 'INSTRUCTOR' || me.viewAs !== null)) await loadInstructorTexts()
}

/** Adds the texts of instructors' pages, in this language and in any that is switched to. Resolves when they are there. */
export async function loadInstructorTexts(): Promise<void> {
  if (forInstructors) return
  await addInstructorTexts(locales.find((locale) => locale === i18n.language) ?? 'ja')
  forInstructors = true
}

async function addInstructorTexts(locale: Locale): Promise<void> {
  i18n.addResourceBundle(locale, 'translation', await instructorTexts[locale](), true)
}

/** Texts in the viewer's language, that language, and what stands between two of its sentences: in Japanese nothing. */
export function useTexts() {
  const { t, i18n: current } = useTranslation()
  const locale = isLocale(current.language) ? current.language : ('ja' as const)
  return { t, locale, gap: locale === 'ja' ? '' : ' ' }
}
