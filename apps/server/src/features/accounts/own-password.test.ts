import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { buildTestApp, type TestApp } from '../../../test/build-test-app.ts'
import { buildPerson, TestClient } from '../../http/test-client.ts'
import { seedRound, signedInInstructor } from '../../http/test-data.ts'
import { follow, idOf, linkFor } from '../people/test-people.ts'

let service: TestApp
let instructor: TestClient
beforeAll(async () => {
  service = await buildTestApp()
  instructor = await signedInInstructor(service)
})
afterAll(async () => {
  await service.close()
})

const newPassword = 'another horse battery'

/** A student in two browsers. */
async function registered() {
  const { email, password, name } = buildPerson()
  const { joinCode } = await seedRound(service)
  const client = new TestClient(service.app)
  await client.post('/api/register', { email, password, name, joinCode })
  const elsewhere = new TestClient(service.app)
  await elsewhere.post('/api/auth/sign-in/email', { email, password })
  return { email, password, client, elsewhere, id: await idOf(client) }
}
type Student = Awaited<ReturnType<typeof registered>>

const change = ({ client }: Student, currentPassword: string) =>
  client.request('PUT', '/api/me/password', { currentPassword, newPassword })
const signIn = ({ email }: Student, password: string) =>
  new TestClient(service.app).post('/api/auth/sign-in/email', { email, password })
const me = async (client: TestClient) => (await client.get('/api/me')).json().me
const eventsOf = (subjectId: string, action: string) =>
  service.prisma.auditEvent.count({ where: { action, subjectId, actorId: subjectId } })

it('takes the new password for the old, keeps this browser signed in and no other, and is on record', async () => {
  const student = await registered()
  const created = await student.client.post('/api/me/api-keys', { name: 'script', expiresInDays: 1 })
  const { key }: { key: string } = created.json()
  const link = await linkFor(instructor, student.id)

  expect((await change(student, student.password)).statusCode).toBe(204)
  expect((await signIn(student, student.password)).statusCode).toBe(401)
  expect((await signIn(student, newPassword)).statusCode).toBe(204)
  expect(await me(student.client)).toMatchObject({ id: student.id })
  await vi.waitFor(async () => expect(await me(student.elsewhere)).toBeNull())
  const withKey = await new TestClient(service.app).get('/api/me', { 'x-api-key': key })
  expect(withKey.json().me).toMatchObject({ id: student.id })
  expect((await follow(service, link)).response.json().code).toBe('PASSWORD_LINK_INVALID')
  expect(await eventsOf(student.id, 'account.change-password')).toBe(1)
})

it('changes nothing for somebody who does not know the current one, and slows their guesses down', async () => {
  const student = await registered()
  for (let guess = 0; guess < 10; guess++) {
    const refused = await change(student, 'wrong password')
    expect([refused.statusCode, refused.json().code]).toEqual([403, 'CURRENT_PASSWORD_WRONG'])
  }
  const refused = await change(student, student.password)
  expect([refused.statusCode, refused.json().code]).toEqual([429, 'RATE_LIMITED'])
  expect(await me(student.elsewhere)).toMatchObject({ id: student.id })
  expect((await signIn(student, student.password)).statusCode).toBe(204)
  expect(await eventsOf(student.id, 'account.change-password')).toBe(0)
})

it('takes one of two changes at the same moment', async () => {
  const student = await registered()
  const both = await Promise.all([change(student, student.password), change(student, student.password)])
  expect(both.map(({ statusCode }) => statusCode).sort()).toEqual([204, 403])
  expect(await eventsOf(student.id, 'account.change-password')).toBe(1)
})

it('is too short as at registration, and not for instructors to change in a student’s view', async () => {
  const student = await registered()
  const body = { currentPassword: student.password, newPassword: 'nine char' }
  expect((await student.client.request('PUT', '/api/me/password', body)).json().code).toBe(
    'VALIDATION_FAILED',
  )
  const viewing = await signedInInstructor(service)
  expect((await viewing.post(`/api/people/${student.id}/view-as`)).statusCode).toBe(204)
  const refused = await viewing.request('PUT', '/api/me/password', { ...body, newPassword })
  expect(refused.json().code).toBe('VIEW_AS_READ_ONLY')
})
