import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { buildTestApp, type TestApp } from '../../../test/build-test-app.ts'
import type { Round } from '../../generated/prisma/client.ts'
import type { TestClient } from '../../http/test-client.ts'
import { registeredStudent, seedRound, signedInInstructor } from '../../http/test-data.ts'

let clock: Date
let service: TestApp
let round: Round
let instructor: TestClient
let instructorId: string
let student: TestClient
let id: string
beforeAll(async () => {
  service = await buildTestApp({ now: () => clock })
})
afterAll(async () => {
  await service.close()
})
beforeEach(async () => {
  clock = new Date()
  round = await seedRound(service)
  instructor = await signedInInstructor(service)
  student = await registeredStudent(service, round, 'Hana')
  instructorId = (await me(instructor)).id
  id = (await me(student)).id
})

async function me(client: TestClient) {
  return (await client.get('/api/me')).json().me
}
const begin = (who = id) => instructor.post(`/api/people/${who}/view-as`)
const end = (client = instructor) => client.request('DELETE', '/api/view-as')
const log = async () => {
  const events = await service.prisma.auditEvent.findMany({
    where: { subjectId: id, action: { startsWith: 'account.view-as' } },
    orderBy: { id: 'asc' },
  })
  return events.map(({ action, actorId }) => [action, actorId])
}

it('shows what the student sees, and nothing of an instructor', async () => {
  const entry = (await student.get(`/api/rounds/${round.slug}/entry`)).json()
  expect((await begin()).statusCode).toBe(204)
  expect(await me(instructor)).toMatchObject({
    ...{ id, name: 'Hana', role: 'STUDENT' },
    viewAs: { instructor: 'Yuki', until: new Date(clock.getTime() + 30 * 60_000).toISOString() },
  })
  expect((await instructor.get(`/api/rounds/${round.slug}/entry`)).json()).toEqual(entry)
  expect((await instructor.get('/api/people')).statusCode).toBe(403)
  expect((await instructor.get(`/api/rounds/${round.slug}`)).json().admin).toBeNull()
  // Nothing of it is in the student's own session, or in another of the instructor's.
  expect(await me(student)).toMatchObject({ id, viewAs: null })
})

it('is of students only, and for instructors only', async () => {
  const other = await me(await signedInInstructor(service))
  const refusal = async (who: string) => (await begin(who)).json().code
  expect(await refusal(other.id)).toBe('PERSON_NOT_STUDENT')
  expect(await refusal(instructorId)).toBe('PERSON_NOT_STUDENT')
  expect(await refusal('nobody')).toBe('NOT_FOUND')
  await service.prisma.user.update({ where: { id }, data: { deactivatedAt: clock } })
  expect(await refusal(id)).toBe('PERSON_DEACTIVATED')
  expect(await log()).toEqual([])
})

it('answers GET and HEAD, and refuses whatever changes something, with a code', async () => {
  await begin()
  const url = `/api/rounds/${round.slug}/entry`
  expect((await instructor.get(url)).statusCode).toBe(200)
  const rename = await instructor.request('PUT', url, { name: 'Not mine' })
  expect([rename.statusCode, rename.json().code]).toEqual([403, 'VIEW_AS_READ_ONLY'])
  expect((await student.get(url)).json().name).toBe('Hana')
  // Not even to become somebody else.
  expect((await instructor.post('/api/auth/sign-out')).json().code).toBe('VIEW_AS_READ_ONLY')
  expect((await begin()).json().code).toBe('VIEW_AS_READ_ONLY')
})

it('is ended by hand: begin and end are logged as the instructor’s', async () => {
  await begin()
  expect((await end()).statusCode).toBe(204)
  expect(await me(instructor)).toMatchObject({ id: instructorId, role: 'INSTRUCTOR', viewAs: null })
  expect((await instructor.get('/api/people')).statusCode).toBe(200)
  expect(await log()).toEqual([
    ['account.view-as', instructorId],
    ['account.view-as-end', instructorId],
  ])
  expect((await end()).statusCode).toBe(404)
  expect((await end(student)).statusCode).toBe(404)
})

it('ends by itself after 30 minutes, and is logged once', async () => {
  await begin()
  const began = clock.getTime()
  clock = new Date(began + 30 * 60_000 - 1)
  expect((await me(instructor)).id).toBe(id)
  clock = new Date(began + 30 * 60_000)
  const [one, other] = await Promise.all([me(instructor), me(instructor)])
  expect([one.id, other.id]).toEqual([instructorId, instructorId])
  expect(await log()).toEqual([
    ['account.view-as', instructorId],
    ['account.view-as-end', instructorId],
  ])
})

it.each([
  ['an instructor', { role: 'INSTRUCTOR' as const }],
  ['deactivated', { deactivatedAt: new Date() }],
])('ends when the student becomes %s', async (_name, data) => {
  await begin()
  await service.prisma.user.update({ where: { id }, data })
  expect((await me(instructor)).id).toBe(instructorId)
  expect(await log()).toHaveLength(2)
})

it('ends with the instructor: who is one no longer sees their own pages', async () => {
  await begin()
  await service.prisma.user.update({ where: { id: instructorId }, data: { role: 'STUDENT' } })
  expect(await me(instructor)).toMatchObject({ id: instructorId, role: 'STUDENT', viewAs: null })
})
