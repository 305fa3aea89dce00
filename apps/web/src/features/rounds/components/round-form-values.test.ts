import { roundPresets } from '@taikai/shared/round-presets'
import { createRoundSchema, defaultRules } from '@taikai/shared/wire/round'
import { describe, expect, it } from 'vitest'
import {
  emptyRound,
  followRound,
  presetFields,
  toChanges,
  toInstant,
  toRequest,
} from './round-form-values.ts'

const datasetId = '0199b0a0-0000-7000-8000-000000000001'
const filled = { ...emptyRound(datasetId), title: 'Cup', slug: 'cup' }

describe('dates in the round’s zone', () => {
  it('are read as wall-clock times of the zone, whatever zone the browser is in', () => {
    const dates = { opensAt: '2026-12-04 09:00:00', freezesAt: null, closesAt: '2026-12-04 23:59:00' }
    expect(toRequest({ ...filled, ...dates, timeZone: 'Asia/Tokyo' })).toMatchObject({
      opensAt: '2026-12-04T00:00:00.000Z',
      freezesAt: null,
      closesAt: '2026-12-04T14:59:00.000Z',
    })
  })

  it('keep to the zone’s clocks over a daylight-saving change', () => {
    // New York is at UTC−4 until 1 November 2026, 02:00, and at UTC−5 after.
    expect(toInstant('2026-10-31 12:00:00', 'America/New_York')).toBe('2026-10-31T16:00:00.000Z')
    expect(toInstant('2026-11-01 12:00:00', 'America/New_York')).toBe('2026-11-01T17:00:00.000Z')
  })

  it('are changed only where they were touched, or the zone was', () => {
    const initial = { ...filled, opensAt: '2026-12-04 09:00:00', closesAt: '2026-12-05 09:00:00' }
    const closesAt = '2026-12-06 09:00:00'
    const changes = toChanges({ ...initial, closesAt }, initial)
    expect(changes).toEqual({ closesAt: '2026-12-06T00:00:00.000Z' })
    expect(toChanges({ ...initial, timeZone: 'UTC' }, initial)).toEqual({
      timeZone: 'UTC',
      opensAt: '2026-12-04T09:00:00.000Z',
      closesAt: '2026-12-05T09:00:00.000Z',
    })
  })

  it('that are absent stay absent', () => {
    expect(toInstant(null, 'Asia/Tokyo')).toBeNull()
    expect(toInstant('', 'Asia/Tokyo')).toBeNull()
  })
})

it('a form changes what was changed in it, and nothing that somebody else may have changed', () => {
  const initial = { ...filled, submissionsPerDay: 3, forbiddenLayers: [] }
  expect(toChanges({ ...initial }, initial)).toEqual({})
  const changed = { title: 'Autumn cup', submissionsPerDay: '', uploadMaxMegabytes: 2 } as const
  expect(toChanges({ ...initial, ...changed, forbiddenLayers: ['LSTM'] }, initial)).toEqual({
    title: 'Autumn cup',
    submissionsPerDay: null,
    uploadMaxBytes: 2_097_152,
    forbiddenLayers: ['LSTM'],
  })
})

it('a form follows what others change, but for what was filled in', () => {
  const before = { ...filled, submissionsPerDay: 3, opensAt: null }
  const now = { ...before, title: 'Theirs', submissionsPerDay: 5, opensAt: '2026-12-04 09:00:00' }
  const values = { ...before, title: 'Mine' }
  expect(followRound(values, before, now)).toEqual({ ...now, title: 'Mine' })
  expect(followRound(before, before, now)).toEqual(now)
  // What the server would store as it stands is not filled in.
  expect(followRound({ ...before, title: 'Cup ', submissionsPerDay: '3' }, before, now)).toEqual(now)
  // 18:00 was meant in Tokyo.
  const evening = { closesAt: '2026-12-04 18:00:00', timeZone: 'Asia/Tokyo' }
  expect(followRound({ ...before, ...evening }, before, { ...now, timeZone: 'UTC' })).toEqual({
    ...now,
    ...evening,
  })
})

describe('rules', () => {
  it('of an empty form are the defaults', () => {
    expect(toRequest(filled)).toMatchObject(defaultRules)
    expect(createRoundSchema.safeParse(toRequest(filled)).success).toBe(true)
  })

  it('that are limits are none where the field is empty, and the upload limit goes in bytes', () => {
    const limits = { submissionsPerDay: '', submissionsTotal: 20, maxMacs: '', uploadMaxMegabytes: 1.5 }
    expect(toRequest({ ...filled, ...limits })).toMatchObject({
      submissionsPerDay: null,
      submissionsTotal: 20,
      maxMacs: null,
      uploadMaxBytes: 1_572_864,
    })
  })

  it('of a preset are sent as the preset says', () => {
    for (const preset of Object.values(roundPresets)) {
      const request = toRequest({ ...filled, ...presetFields(preset) })
      expect(request).toMatchObject({ ...preset.rules, publicPercent: preset.publicPercent })
    }
  })
})
