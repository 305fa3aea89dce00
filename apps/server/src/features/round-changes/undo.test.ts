import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { buildTestApp, type TestApp } from '../../../test/build-test-app.ts'
import type { Round } from '../../generated/prisma/client.ts'
import { TestClient } from '../../http/test-client.ts'
import { registeredStudent, seedRound, signedInInstructor } from '../../http/test-data.ts'
import { addScored, addTeam, at } from '../leaderboard/test-contest.ts'

let clock = at(30)
let service: TestApp
let instructor: TestClient
beforeAll(async () => {
  service = await buildTestApp({ now: () => clock })
  instructor = await signedInInstructor(service)
})
afterAll(async () => {
  await service.close()
})
beforeEach(() => {
  clock = at(30)
})

const draft = { opensAt: null }
const scheduled = { opensAt: at(40), closesAt: at(90) }
const open = { opensAt: at(0), freezesAt: at(80), closesAt: at(90) }
const frozen = { opensAt: at(0), freezesAt: at(20), closesAt: at(90) }
const closed = { opensAt: at(0), freezesAt: at(10), closesAt: at(20) }

const act = async ({ slug }: Round, action: string, body?: object) => {
  const response = await instructor.post(`/api/rounds/${slug}/${action}`, body)
  expect(response.statusCode, response.body).toBe(200)
  return response.json()
}
const possible = async ({ slug }: Round) => (await instructor.get(`/api/rounds/${slug}/undo`)).json().action
const refused = async ({ slug }: Round) => (await instructor.post(`/api/rounds/${slug}/undo`)).json().code
const datesOf = async ({ id }: Round) => {
  const { opensAt, freezesAt, closesAt } = await service.prisma.round.findUniqueOrThrow({ where: { id } })
  return { opensAt, freezesAt, closesAt }
}

describe('the last action is taken back', () => {
  it.each<[action: string, dates: Partial<Round>, body?: object]>([
    ['open', draft],
    ['open', scheduled],
    ['freeze', open],
    ['unfreeze', frozen],
    ['unfreeze', closed],
    ['close', open],
    ['close', frozen],
    ['reopen', closed, { closesAt: null }],
  ])('%s, with the dates that there were', async (action, dates, body) => {
    const round = await seedRound(service, dates)
    const before = await datesOf(round)
    await act(round, action, body)
    expect(await possible(round)).toBe(action)
    await act(round, 'undo')
    expect(await datesOf(round)).toEqual(before)
    const events = await service.prisma.auditEvent.findMany({
      where: { subjectId: round.slug },
      orderBy: { at: 'asc' },
    })
    expect(events.map((event) => event.action)).toEqual([`round.${action}`, 'round.undo'])
    // Once: what was taken back is not done again by this.
    expect([await possible(round), await refused(round)]).toEqual([null, 'ROUND_UNDO_UNAVAILABLE'])
  })
})

describe('nothing is taken back', () => {
  const submit = async (round: Round) =>
    addScored(service, round, await addTeam(service, round, 'A'), { minute: 31, correct: 1 })

  it('where nothing was done', async () => {
    const round = await seedRound(service, open)
    expect([await possible(round), await refused(round)]).toEqual([null, 'ROUND_UNDO_UNAVAILABLE'])
  })

  it('of an opening once something was submitted', async () => {
    const round = await seedRound(service, draft)
    await act(round, 'open')
    await submit(round)
    expect([await possible(round), await refused(round)]).toEqual([null, 'ROUND_UNDO_UNAVAILABLE'])
  })

  it('of a reopening once something was submitted since', async () => {
    const round = await seedRound(service, closed)
    await submit(round)
    await act(round, 'reopen', { closesAt: null })
    expect(await possible(round)).toBe('reopen')
    await service.prisma.submission.updateMany({
      where: { roundId: round.id },
      data: { createdAt: new Date(Date.now() + 1000) },
    })
    expect(await possible(round)).toBeNull()
  })

  it('once the round was changed since', async () => {
    const round = await seedRound(service, open)
    await act(round, 'freeze')
    await instructor.request('PATCH', `/api/rounds/${round.slug}`, { title: 'New' })
    expect([await possible(round), await refused(round)]).toEqual([null, 'ROUND_UNDO_UNAVAILABLE'])
  })

  it('where time has done it meanwhile', async () => {
    const round = await seedRound(service, open)
    await act(round, 'close')
    clock = at(89)
    expect(await possible(round)).toBe('close')
    clock = at(90)
    expect(await possible(round)).toBeNull()
  })

  it('of published results', async () => {
    const round = await seedRound(service, open)
    await act(round, 'close')
    await act(round, 'publish', {})
    expect([await possible(round), await refused(round)]).toEqual([null, 'ROUND_UNDO_UNAVAILABLE'])
  })
})

it('instructors only see and do it', async () => {
  const round = await seedRound(service, open)
  await act(round, 'close')
  const url = `/api/rounds/${round.slug}/undo`
  const student = await registeredStudent(service, round)
  for (const [client, status] of [
    [student, 403],
    [new TestClient(service.app), 401],
  ] as const) {
    expect((await client.get(url)).statusCode).toBe(status)
    expect((await client.post(url)).statusCode).toBe(status)
  }
  expect((await instructor.get('/api/rounds/nowhere/undo')).statusCode).toBe(404)
  expect((await instructor.post('/api/rounds/nowhere/undo')).statusCode).toBe(404)
})
