import { describe, expect, it } from 'vitest'
import {
  assertBodyInTime,
  assertRoundAccepts,
  canSeeEngineNote,
  canSeeSubmission,
} from './submissions.policy.ts'

const timeZone = 'Asia/Tokyo'
const at = (time: string) => new Date(`2026-11-23T${time}Z`)

describe('a round accepts what was received', () => {
  const round = {
    opensAt: at('09:00:00'),
    freezesAt: at('17:00:00'),
    closesAt: at('18:00:00'),
    publishedAt: null,
    timeZone,
  }
  it.each([
    [round, '09:00:00'],
    [round, '17:59:59.999'],
    [{ ...round, closesAt: null }, '23:00:00'],
  ])('%j at %s', (dates, time) => {
    expect(() => assertRoundAccepts(dates, at(time))).not.toThrow()
  })

  it.each([
    [{ ...round, opensAt: null, closesAt: null }, '12:00:00', { code: 'ROUND_NOT_SCHEDULED', params: {} }],
    [
      round,
      '08:59:59',
      { code: 'ROUND_NOT_OPEN_YET', params: { opensAt: '2026-11-23T09:00:00.000Z', timeZone } },
    ],
    [round, '18:00:00', { code: 'ROUND_CLOSED', params: { closesAt: '2026-11-23T18:00:00.000Z', timeZone } }],
  ])('but not %j at %s', (dates, time, error) => {
    expect(() => assertRoundAccepts(dates, at(time))).toThrow(expect.objectContaining(error))
  })
})

describe('a body whose headers came in time', () => {
  it('may take five minutes beyond the close', () => {
    expect(() => assertBodyInTime({ closesAt: at('18:00:00'), timeZone }, at('18:05:00'))).not.toThrow()
    expect(() => assertBodyInTime({ closesAt: null, timeZone }, at('18:05:00'))).not.toThrow()
  })
  it('and no longer', () => {
    expect(() => assertBodyInTime({ closesAt: at('18:00:00'), timeZone }, at('18:05:00.001'))).toThrow(
      expect.objectContaining({ code: 'ROUND_CLOSED' }),
    )
  })
})

it.each([
  [{ id: 'member', role: 'STUDENT' as const }, true],
  [{ id: 'stranger', role: 'STUDENT' as const }, false],
  [{ id: 'teacher', role: 'INSTRUCTOR' as const }, true],
])('a submission is seen by its members and by instructors: %j %s', (viewer, seen) => {
  expect(canSeeSubmission(viewer, { entry: { members: [{ userId: 'member' }] } })).toBe(seen)
})

it.each([
  ['INSTRUCTOR', true],
  ['STUDENT', false],
] as const)('what was noted of an engine, asked for by an %s: %s', (role, seen) => {
  expect(canSeeEngineNote({ id: 'someone', role })).toBe(seen)
})
