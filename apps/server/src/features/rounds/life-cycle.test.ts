import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { buildTestApp, type TestApp } from '../../../test/build-test-app.ts'
import type { Round } from '../../generated/prisma/client.ts'
import { TestClient } from '../../http/test-client.ts'
import { registeredStudent, seedRound, signedInInstructor } from '../../http/test-data.ts'

let service: TestApp
let instructor: TestClient
const noon = new Date('2026-11-23T03:00:00Z')
let clock = noon
beforeAll(async () => {
  service = await buildTestApp({ now: () => clock })
  instructor = await signedInInstructor(service)
})
afterAll(async () => {
  await service.close()
})
beforeEach(() => {
  clock = noon
})

const hour = 3_600_000
const after = (hours: number) => new Date(noon.getTime() + hours * hour)

const act = async (round: Pick<Round, 'slug'>, action: string, body?: object) =>
  (await instructor.post(`/api/rounds/${round.slug}/${action}`, body)).json()
const shown = async (round: Pick<Round, 'slug'>) => (await instructor.get(`/api/rounds/${round.slug}`)).json()

const dates = {
  draft: { opensAt: null },
  scheduled: { opensAt: after(1) },
  open: { opensAt: after(-2) },
  frozen: { opensAt: after(-2), freezesAt: after(-1) },
  closed: { opensAt: after(-2), closesAt: after(-1) },
  published: { opensAt: after(-3), closesAt: after(-2), publishedAt: after(-1) },
}
type State = keyof typeof dates

describe('manual actions write dates, so the state is a pure function of dates and publishedAt', () => {
  it.each<[action: string, from: State, written: object, state: State]>([
    ['open', 'draft', { opensAt: noon }, 'open'],
    ['open', 'scheduled', { opensAt: noon }, 'open'],
    ['freeze', 'open', { freezesAt: noon }, 'frozen'],
    ['unfreeze', 'frozen', { freezesAt: null }, 'open'],
    ['close', 'open', { closesAt: noon }, 'closed'],
    ['close', 'frozen', { closesAt: noon, freezesAt: after(-1) }, 'closed'],
  ])('%s, when %s, writes %j and makes it %s', async (action, from, written, state) => {
    const round = await seedRound(service, dates[from])
    expect((await shown(round)).state).toBe(from)
    expect((await act(round, action)).state).toBe(state)
    const row = await service.prisma.round.findUniqueOrThrow({ where: { id: round.id } })
    expect(row).toMatchObject({ ...dates[from], ...written })
    const event = await service.prisma.auditEvent.findFirstOrThrow({ where: { subjectId: round.slug } })
    expect(event).toMatchObject({ action: `round.${action}`, subjectType: 'round' })
    expect(event.actorId).not.toBeNull()
  })

  it('refuses every other action with the state that the round is in', async () => {
    const allowed: Record<string, readonly string[]> = {
      open: ['draft', 'scheduled'],
      freeze: ['open'],
      unfreeze: ['frozen', 'closed'],
      close: ['open', 'frozen'],
      reopen: ['closed'],
    }
    for (const [state, at] of Object.entries(dates)) {
      const round = await seedRound(service, at)
      const actions = Object.keys(allowed).filter((action) => !allowed[action]?.includes(state))
      for (const action of actions) {
        const refusal = { code: 'ROUND_TRANSITION_INVALID', params: { state } }
        const body = action === 'reopen' ? { closesAt: null } : undefined
        expect([action, await act(round, action, body)]).toMatchObject([action, refusal])
      }
    }
  })

  it('opens, freezes and closes by the clock', async () => {
    const round = await seedRound(service, { opensAt: after(1), freezesAt: after(2), closesAt: after(3) })
    const states: string[] = []
    for (const at of [after(1).getTime() - 1, after(1), after(2).getTime() - 1, after(2), after(3)]) {
      clock = new Date(at)
      states.push((await shown(round)).state)
    }
    expect(states).toEqual(['scheduled', 'open', 'open', 'frozen', 'closed'])
  })
})

describe('a frozen ranking', () => {
  it('stays frozen after close until unfrozen', async () => {
    const round = await seedRound(service, dates.frozen)
    expect(await act(round, 'close')).toMatchObject({ state: 'closed', rankingFrozen: true })
    expect(await act(round, 'unfreeze')).toMatchObject({ state: 'closed', rankingFrozen: false })
  })

  it('does not freeze after the close by a date that was to come before it', async () => {
    const round = await seedRound(service, { opensAt: after(-1), freezesAt: after(1), closesAt: after(2) })
    expect(await act(round, 'close')).toMatchObject({ state: 'closed', freezesAt: null })
    clock = after(3)
    expect((await shown(round)).rankingFrozen).toBe(false)
  })
})

describe('a closed round', () => {
  it('is reopened without an end or with one ahead, and closes by it', async () => {
    const round = await seedRound(service, dates.closed)
    expect(await act(round, 'reopen', { closesAt: null })).toMatchObject({ state: 'open', closesAt: null })
    await act(round, 'close')
    const closesAt = after(1).toISOString()
    expect(await act(round, 'reopen', { closesAt })).toMatchObject({ state: 'open', closesAt })
    clock = after(1)
    expect((await shown(round)).state).toBe('closed')
  })

  it('is not reopened until a time that has passed', async () => {
    const round = await seedRound(service, dates.closed)
    const refused = await act(round, 'reopen', { closesAt: noon.toISOString() })
    expect(refused.code).toBe('ROUND_DATES_INVALID')
    expect((await shown(round)).state).toBe('closed')
  })

  it('stays frozen when it is reopened', async () => {
    const round = await seedRound(service, { ...dates.frozen, closesAt: after(-0.5) })
    expect((await act(round, 'reopen', { closesAt: null })).state).toBe('frozen')
  })
})

it.each(['open', 'freeze', 'unfreeze', 'close', 'reopen'])('only instructors %s a round', async (action) => {
  const round = await seedRound(service, dates.draft)
  const url = `/api/rounds/${round.slug}/${action}`
  const student = await registeredStudent(service, round)
  expect((await student.post(url, { closesAt: null })).statusCode).toBe(403)
  expect((await new TestClient(service.app).post(url, { closesAt: null })).statusCode).toBe(401)
  expect((await instructor.post(`/api/rounds/nowhere/${action}`, { closesAt: null })).statusCode).toBe(404)
  expect((await shown(round)).state).toBe('draft')
})
