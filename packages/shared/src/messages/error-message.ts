import type { ErrorCode, ErrorParams } from '../errors.ts'
import type { Locale } from '../locale.ts'
import { en } from './en.ts'
import { ja } from './ja.ts'

/** What happened, and what to do next. `{name}` in a text stands for the parameter of that name. */
export type ErrorText = { title: string; action: string }

const texts: Record<Locale, Record<ErrorCode, ErrorText>> = { ja, en }

/** The words for an error in one language, with its parameters filled in. */
export function errorMessage(code: ErrorCode, params: ErrorParams, locale: Locale): ErrorText {
  const fill = (text: string) => text.replace(/\{(\w+)\}/g, (whole, name) => String(params[name] ?? whole))
  const { title, action } = texts[locale][code]
  return { title: fill(title), action: fill(action) }
}
