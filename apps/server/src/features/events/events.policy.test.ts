import { expect, it } from 'vitest'
import { accountTopic, changesAccess, type EventAccess, mayReceive } from './events.policy.ts'

const visitor: EventAccess = { role: 'VISITOR', rounds: new Set(['open-cup']), entryIds: new Set() }
const student: EventAccess = {
  role: 'STUDENT',
  rounds: new Set(['open-cup', 'mine']),
  entryIds: new Set(['e1']),
}
const instructor: EventAccess = {
  role: 'INSTRUCTOR',
  rounds: new Set(['open-cup', 'mine', 'draft']),
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
    expect([visitor, student, instructor].map((access) => mayReceive(event, access))).toEqual([
      forVisitor,
      forStudent,
      forInstructor,
    ])
  },
)

it('looks at access anew when rounds or accounts change, not for every result', () => {
  const changes = (topic: string) => changesAccess({ topic, version: 1 })
  expect(['rounds', 'round/a', accountTopic('u1')].map(changes)).toEqual([true, true, true])
  expect(['leaderboard/a', 'submission/s', 'datasets', 'hello'].map(changes)).toEqual([
    false,
    false,
    false,
    false,
  ])
})
