import { describe, expect, it } from 'vitest'
import { errorCodes } from '../errors.ts'
import { locales } from '../locale.ts'
import { en } from './en.ts'
import { errorMessage } from './error-message.ts'
import { ja } from './ja.ts'
import { mismatchTexts } from './weights-mismatch.ts'

const placeholders = (text: string) => new Set(text.match(/\{\w+\}/g))

describe.each(errorCodes)('%s', (code) => {
  it('needs the same parameters in both languages', () => {
    const words = (locale: typeof en) => placeholders(locale[code].title + locale[code].action)
    expect(words(ja)).toEqual(words(en))
  })

  it('says what to do next, in Japanese in a polite form', () => {
    for (const locale of locales) expect(errorMessage(code, {}, locale).action.length).toBeGreaterThan(10)
    expect(ja[code].title + ja[code].action).not.toMatch(/(だ|である|する|なる|(?<!まし|でし)た|ない)。/)
  })
})

describe.each(Object.entries(mismatchTexts.en))('weights that differ: %s', (kind, text) => {
  it('is said with the same parameters in both languages', () => {
    const japanese = Object.entries(mismatchTexts.ja).find(([name]) => name === kind)?.[1] ?? ''
    expect(placeholders(japanese)).toEqual(placeholders(text))
  })
})

it('says in the reader’s language how weights differ from their layers', () => {
  const params = {
    mismatch: 'shape',
    weight: 'conv1/kernel',
    expected: '[3, 3, 3, 16]',
    found: '[5, 5, 3, 16]',
  }
  expect(errorMessage('WEIGHTS_MISMATCH', params, 'ja').title).toBe(
    '重みがモデルの層と合っていません。conv1/kernel の形は [3, 3, 3, 16] のはずですが、ファイルでは [5, 5, 3, 16] です。',
  )
  expect(errorMessage('WEIGHTS_MISMATCH', params, 'en').title).toBe(
    'The weights do not fit the layers of the model: conv1/kernel should have the shape [3, 3, 3, 16], and the file has [5, 5, 3, 16].',
  )
})

it('names the layer that is refused where it has a name', () => {
  expect(errorMessage('LAYER_UNSUPPORTED', { layer: 'Lambda', name: 'crop' }, 'ja').title).toBe(
    '採点できない層がモデルに含まれています: Lambda（名前は crop）',
  )
  expect(errorMessage('LAYER_UNSUPPORTED', { layer: 'Loop' }, 'en').title).toBe(
    'The model has a layer that cannot be scored: Loop.',
  )
})

it('fills parameters in', () => {
  expect(errorMessage('SLUG_TAKEN', { slug: 'cup' }, 'en').title).toBe(
    'Another round has the address “cup” already.',
  )
})

it('shows an instant in the zone of the round', () => {
  const params = { closesAt: '2026-11-23T15:00:00.000Z', timeZone: 'Asia/Tokyo' }
  expect(errorMessage('ROUND_CLOSED', params, 'ja').title).toContain('2026年11月24日 00:00')
  expect(errorMessage('ROUND_CLOSED', params, 'en').title).toContain('November 24, 2026')
})

it('shows bytes as MB', () => {
  expect(errorMessage('UPLOAD_TOO_LARGE', { limitBytes: 40 * 1024 ** 2 }, 'ja').title).toContain('40 MB')
})

it('does not read parameters as placeholders', () => {
  expect(errorMessage('SLUG_TAKEN', { slug: '{slug}' }, 'en').title).toContain('“{slug}”')
})

it('names the state of a round in the reader’s language', () => {
  expect(errorMessage('ROUND_TRANSITION_INVALID', { state: 'closed' }, 'ja').title).toContain('「終了」')
  expect(errorMessage('ROUND_TRANSITION_INVALID', { state: 'closed' }, 'en').title).toContain('“closed”')
})
