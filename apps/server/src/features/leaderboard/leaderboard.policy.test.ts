import { expect, it } from 'vitest'
import { boardFor } from './leaderboard.policy.ts'

const at = (time: string) => new Date(`2026-11-23T${time}Z`)
const round = {
  opensAt: at('09:00:00'),
  freezesAt: at('17:00:00'),
  closesAt: at('18:00:00'),
  publishedAt: null,
}
const published = { ...round, publishedAt: at('19:00:00') }
const student = { role: 'STUDENT' } as const
const instructor = { role: 'INSTRUCTOR' } as const
const live = { kind: 'public', receivedBefore: null }
const frozen = { kind: 'public', receivedBefore: at('17:00:00') }

it.each([
  ['before the freeze', round, '16:59:59.999', live],
  ['from its first millisecond on', round, '17:00:00', frozen],
  ['after the close, "until unfrozen or published"', round, '23:00:00', frozen],
  ['once unfrozen', { ...round, freezesAt: null }, '17:30:00', live],
  ['once published', published, '19:00:00', live],
])('the public ranking %s', (_when, dates, time, board) => {
  expect(boardFor(null, dates, 'public', at(time))).toEqual(board)
  expect(boardFor(student, dates, 'public', at(time))).toEqual(board)
  expect(boardFor(instructor, dates, 'public', at(time))).toEqual(live)
})

it('gives the final ranking before it is published to instructors only', () => {
  for (const time of ['10:00:00', '17:30:00', '18:30:00']) {
    for (const viewer of [null, student]) {
      expect(() => boardFor(viewer, round, 'final', at(time))).toThrow(
        expect.objectContaining({ code: 'ROUND_NOT_PUBLISHED' }),
      )
    }
    expect(boardFor(instructor, round, 'final', at(time))).toEqual({ kind: 'preview' })
  }
})

it('gives everybody the published one afterwards', () => {
  for (const viewer of [null, student, instructor]) {
    expect(boardFor(viewer, published, 'final', at('20:00:00'))).toEqual({ kind: 'published' })
  }
})
