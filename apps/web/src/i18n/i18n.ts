import { type Locale, locales } from '@taikai/shared/locale'
import i18next from 'i18next'
import { initReactI18next, useTranslation } from 'react-i18next'
import type { ja } from './ja.ts'
import type { jaInstructor } from './ja-instructor.ts'

const storageKey = 'taikai-locale'

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { translation: typeof ja & typeof jaInstructor }
  }
}

function isLocale(value: string | null): value is Locale {
  return locales.some((locale) => locale === value)
}

function storedLocale(): Locale {
  const stored = localStorage.getItem(storageKey)
  return isLocale(stored) ? stored : 'ja'
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

/** Switches the language of every text, and remembers it on this device. */
export async function switchLocale(locale: Locale): Promise<void> {
  localStorage.setItem(storageKey, locale)
  if (!i18n.hasResourceBundle(locale, 'translation'))
    i18n.addResourceBundle(locale, 'translation', await texts[locale]())
  if (forInstructors) await addInstructorTexts(locale)
  await i18n.changeLanguage(locale)
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

/** Texts in the viewer's language, and that language. */
export function useTexts() {
  const { t, i18n: current } = useTranslation()
  return { t, locale: isLocale(current.language) ? current.language : ('ja' as const) }
}
