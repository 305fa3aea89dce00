import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { buildTestApp, type TestApp } from '../../../test/build-test-app.ts'
import { TestClient } from '../../http/test-client.ts'
import { registeredStudent, seedRound, signedInInstructor } from '../../http/test-data.ts'
import { notify } from '../../platform/events.ts'
import { accountTopic } from '../events/events.policy.ts'

// The ranking is answered from memory. What is changed behind this server's back, as another server would, holds once it was announced.

let service: TestApp
let clock = new Date()
beforeAll(async () => {
  service = await buildTestApp({ now: () => clock })
})
afterAll(async () => {
  await service.close()
})

const urlOf = ({ slug }: { slug: string }) => `/api/rounds/${slug}/leaderboard`
const announce = (topic: string) => notify(service.prisma, { topic })
/** Asks until the status is that one: announcements take a moment. */
const becomes = (client: TestClient, url: string, status: number) =>
  vi.waitFor(async () => expect((await client.get(url)).statusCode).toBe(status))

/** Counts the statements that reach the database's tables while `act` goes on. */
async function statements(act: () => Promise<void>): Promise<number> {
  const rounds = vi.spyOn(service.prisma.round, 'findUnique')
  const users = vi.spyOn(service.prisma.user, 'findUnique')
  await act()
  const count = rounds.mock.calls.length + users.mock.calls.length
  rounds.mockRestore()
  users.mockRestore()
  return count
}

it('asks the database for neither round nor session while nothing changes', async () => {
  const round = await seedRound(service)
  const student = await registeredStudent(service, round)
  await becomes(student, urlOf(round), 200)
  const asked = await statements(async () => {
    for (let turn = 0; turn < 3; turn++) expect((await student.get(urlOf(round))).statusCode).toBe(200)
  })
  expect(asked).toBe(0)
})

it('refuses a round that was hidden: at once where this server did it, else once it was announced', async () => {
  const visitor = new TestClient(service.app)
  const instructor = await signedInInstructor(service)
  const round = await seedRound(service, { visitorsMaySee: true })
  await announce('rounds')
  await becomes(visitor, urlOf(round), 200)
  const hide = (visitorsMaySee: boolean) =>
    instructor.request('PATCH', `/api/rounds/${round.slug}`, { visitorsMaySee })
  expect((await hide(false)).statusCode).toBe(200)
  expect((await visitor.get(urlOf(round))).statusCode).toBe(404)
  expect((await hide(true)).statusCode).toBe(200)
  expect((await visitor.get(urlOf(round))).statusCode).toBe(200)
  await service.prisma.round.update({ where: { id: round.id }, data: { visitorsMaySee: false } })
  await announce(`round/${round.slug}`)
  await becomes(visitor, urlOf(round), 404)
})

it('lets in who joined a moment ago, and refuses who was taken out', async () => {
  const round = await seedRound(service)
  const student = await registeredStudent(service, await seedRound(service))
  expect((await student.get(urlOf(round))).statusCode).toBe(404)
  await student.post(`/api/rounds/${round.slug}/join`, { joinCode: round.joinCode })
  expect((await student.get(urlOf(round))).statusCode).toBe(200)
  const { id } = (await student.get('/api/me')).json().me
  await service.prisma.entryMember.deleteMany({ where: { roundId: round.id, userId: id } })
  await announce(`round/${round.slug}`)
  await becomes(student, urlOf(round), 404)
})

it('ends a session at once where it signed out, and a deactivated account once it was announced', async () => {
  const round = await seedRound(service)
  const leaves = await registeredStudent(service, round)
  const { cookie } = leaves
  expect((await leaves.get(urlOf(round))).statusCode).toBe(200)
  await leaves.post('/api/auth/sign-out')
  expect((await service.app.inject({ url: urlOf(round), headers: { cookie } })).statusCode).toBe(404)

  const barred = await registeredStudent(service, round)
  const { id } = (await barred.get('/api/me')).json().me
  expect((await barred.get(urlOf(round))).statusCode).toBe(200)
  await service.prisma.user.update({ where: { id }, data: { deactivatedAt: clock } })
  // What would change something asks the database itself, announced or not.
  expect((await barred.post(`/api/rounds/${round.slug}/join`, {})).statusCode).toBe(401)
  await announce(accountTopic(id))
  await becomes(barred, urlOf(round), 404)
})

it('freezes by the clock, without any event', async () => {
  const freezesAt = new Date(clock.getTime() + 60_000)
  const round = await seedRound(service, { freezesAt, visitorsMaySee: true })
  const visitor = new TestClient(service.app)
  await announce('rounds')
  const frozenAt = async () => (await visitor.get(urlOf(round))).json().frozenAt
  await becomes(visitor, urlOf(round), 200)
  expect(await frozenAt()).toBeNull()
  clock = freezesAt
  expect(await frozenAt()).toBe(freezesAt.toISOString())
})
