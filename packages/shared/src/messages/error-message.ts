import type { ErrorCode, ErrorParams } from '../errors.ts'
import type { Locale } from '../locale.ts'
import { type RoundState, roundStates } from '../round-state.ts'
import { en } from './en.ts'
import { ja } from './ja.ts'
import { mismatchTexts } from './weights-mismatch.ts'

/** What happened, and what to do next. `{name}` in a text stands for the parameter of that name. */
export type ErrorText = { title: string; action: string }

const texts: Record<Locale, Record<ErrorCode, ErrorText>> = { ja, en }

/**
 * The words for an error in one language, with its parameters filled in.
 * `…At` is an ISO instant, shown in the zone of the parameter `timeZone` (UTC without one); `…Bytes` is shown in MB,
 * `state` as the name of a round's state.
 */
export function errorMessage(code: ErrorCode, params: ErrorParams, locale: Locale): ErrorText {
  const fill = (text: string): string =>
    text.replace(/\{(\w+)\}/g, (whole, name: string) => {
      const value = params[name]
      const within = textWithin(name, params, locale)
      if (within !== null) return fill(within)
      return value === undefined ? whole : show(name, value, params, locale)
    })
  const { title, action } = texts[locale][code]
  return { title: fill(title), action: fill(action) }
}

const namedTexts: Record<Locale, string> = { ja: '（名前は {name}）', en: ' (named “{name}”)' }

/** Placeholders that stand for a text with placeholders of its own: how weights differ, and a layer's name where it has one. */
function textWithin(placeholder: string, params: ErrorParams, locale: Locale): string | null {
  if (placeholder === 'named') return params.name === undefined ? '' : namedTexts[locale]
  if (placeholder !== 'mismatch') return null
  return Object.entries(mismatchTexts[locale]).find(([kind]) => kind === params.mismatch)?.[1] ?? null
}

const stateNames: Record<Locale, Record<RoundState, string>> = {
  ja: {
    draft: '下書き',
    scheduled: '開始前',
    open: '開催中',
    frozen: '開催中（ランキングは凍結）',
    closed: '終了',
    published: '結果発表済み',
  },
  en: {
    draft: 'draft',
    scheduled: 'scheduled',
    open: 'open',
    frozen: 'open (ranking frozen)',
    closed: 'closed',
    published: 'published',
  },
}

function show(name: string, value: string | number, params: ErrorParams, locale: Locale): string {
  if (name.endsWith('At') && typeof value === 'string') {
    return new Intl.DateTimeFormat(locale, {
      year: 'numeric',
      month: 'long',
      day: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
      timeZone: String(params.timeZone ?? 'UTC'),
      timeZoneName: 'short',
    }).format(new Date(value))
  }
  if (name.endsWith('Bytes') && typeof value === 'number') {
    return `${new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }).format(value / 1024 ** 2)} MB`
  }
  if (name === 'state') {
    const state = roundStates.find((known) => known === value)
    if (state !== undefined) return stateNames[locale][state]
  }
  return typeof value === 'number' ? new Intl.NumberFormat(locale).format(value) : value
}
