import { expect, it } from 'vitest'
import { preferredLocale } from './accept-language.ts'

it.each([
  [undefined, 'ja'],
  ['', 'ja'],
  ['en', 'en'],
  ['en-US,en;q=0.9', 'en'],
  ['ja,en-US;q=0.8', 'ja'],
  ['en;q=0.3, ja;q=0.9', 'ja'],
  ['fr-FR, en;q=0.5', 'en'],
  ['fr', 'ja'],
  ['en;q=0', 'ja'],
  ['EN-gb', 'en'],
  ['*', 'ja'],
])('%s → %s', (header, locale) => {
  expect(preferredLocale(header)).toBe(locale)
})
