import { expect, it } from 'vitest'
import { accountOf, accountTopic, changesAccess, type EventAccess, mayReceive } from './events.policy.ts'

const at = (time: string) => new Date(`2026-11-23T${time}:00Z`)
const dates = { opensAt: at('09:00'), freezesAt: at('17:00'), closesAt: at('18:00'), publishedAt: null }
const cups = (...slugs: string[]) => new Map(slugs.map((slug) => [slug, dates]))
const visitor: EventAccess = { role: 'VISITOR', rounds: cups('open-cup'), entryIds: new Set() }
const student: EventAccess = {
  role: 'STUDENT',
  rounds: cups('open-cup', 'mine'),
  entryIds: new Set(['e1']),
}
const instructor: EventAccess = {
  role: 'INSTRUCTOR',
  rounds: cups('open-cup', 'mine', 'draft'),
  entryIds: new Set(),
}

it.each([
  ['hello', undefined, true, true, true],
  ['rounds', undefined, true, true, true],
  ['datasets', undefined, false, false, true],
  ['round/open-cup', undefined, true, true, true],
  ['leaderboard/open-cup', undefined, true, true, true],
  ['round/mine', undefined, false, true, true],
  ['leaderboard/mine', undefined, false, true, true],
  ['round/draft', undefined, false, false, true],
  ['submission/s1', 'e1', false, true, true],
  ['submission/s2', 'e2', false, false, true],
  ['submission/s3', undefined, false, false, true],
  ['rescore/x1', undefined, false, false, true],
  [accountTopic('u1'), undefined, false, false, false],
  ['something-new', undefined, false, false, false],
])(
  '%s of entry %s: visitor %s, student %s, instructor %s',
  (topic, entryId, forVisitor, forStudent, forInstructor) => {
    const event = { topic, version: 1, ...(entryId !== undefined && { entryId }) }
    expect([visitor, student, instructor].map((access) => mayReceive(event, access, at('16:59')))).toEqual([
      forVisitor,
      forStudent,
      forInstructor,
    ])
  },
)

it.each(['17:00', '18:00', '23:00'])(
  'while frozen, at %s, tells of the ranking to instructors only, and of own submissions as before',
  (time) => {
    const told = (topic: string, access: EventAccess, entryId?: string) =>
      mayReceive({ topic, version: 1, ...(entryId !== undefined && { entryId }) }, access, at(time))
    expect([visitor, student, instructor].map((who) => told('leaderboard/open-cup', who))).toEqual([
      false,
      false,
      true,
    ])
    expect(told('submission/s1', student, 'e1')).toBe(true)
    expect(told('round/open-cup', visitor)).toBe(true)
  },
)

it('tells everybody of the ranking again once the round is published', () => {
  const rounds = new Map([['cup', { ...dates, publishedAt: at('19:00') }]])
  expect(mayReceive({ topic: 'leaderboard/cup', version: 1 }, { ...visitor, rounds }, at('19:00'))).toBe(true)
})

it('looks at access anew when rounds change or events were missed, not for every result', () => {
  const changes = (topic: string) => changesAccess({ topic, version: 1 })
  expect(['rounds', 'round/a', 'hello'].map(changes)).toEqual([true, true, true])
  expect(['leaderboard/a', 'submission/s', 'datasets', accountTopic('u1')].map(changes)).toEqual([
    false,
    false,
    false,
    false,
  ])
  expect([accountTopic('u1'), 'round/a'].map(accountOf)).toEqual(['u1', null])
})
