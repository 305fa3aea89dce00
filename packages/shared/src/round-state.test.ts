import { expect, it } from 'vitest'
import { roundState } from './round-state.ts'

const nine = new Date('2026-11-23T09:00:00Z')
const ten = new Date('2026-11-23T10:00:00Z')
const eleven = new Date('2026-11-23T11:00:00Z')

it.each([
  ['draft', null, null, ten],
  ['scheduled', eleven, null, ten],
  ['scheduled', ten, eleven, nine],
  ['open', ten, null, ten],
  ['open', nine, eleven, ten],
  ['closed', nine, ten, ten],
  ['closed', nine, ten, eleven],
  ['closed', ten, ten, ten],
])('is %s when it opens at %s, closes at %s and it is %s', (state, opensAt, closesAt, now) => {
  expect(roundState({ opensAt, closesAt }, now)).toBe(state)
})

it('is still open in the last millisecond before it closes', () => {
  expect(roundState({ opensAt: nine, closesAt: ten }, new Date(ten.getTime() - 1))).toBe('open')
})
