import { type Locale, locales } from '@taikai/shared/locale'
import i18next from 'i18next'
import { initReactI18next, useTranslation } from 'react-i18next'
import type { ja } from './ja.ts'

const storageKey = 'taikai-locale'

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { translation: typeof ja }
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
  await i18n.changeLanguage(locale)
}

/** Texts in the viewer's language, and that language. */
export function useTexts() {
  const { t, i18n: current } = useTranslation()
  return { t, locale: isLocale(current.language) ? current.language : ('ja' as const) }
}
