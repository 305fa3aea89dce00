import { afterAll, beforeAll, expect, it } from 'vitest'
import { buildTestApp, type TestApp } from '../../../test/build-test-app.ts'
import { buildPerson, TestClient } from '../../http/test-client.ts'
import { seedRound } from '../../http/test-data.ts'

let service: TestApp
beforeAll(async () => {
  service = await buildTestApp()
})
afterAll(async () => {
  await service.close()
})

it('are in the audit log with their address, whether or not they succeed, and keep nothing that was typed', async () => {
  const { joinCode } = await seedRound(service)
  const person = buildPerson()
  const client = new TestClient(service.app)
  await client.post('/api/register', { ...person, joinCode })
  const { id } = (await client.get('/api/me')).json().me
  await client.post('/api/auth/sign-out')
  const signIn = (email: string, password: string) =>
    client.post('/api/auth/sign-in/email', { email, password })
  await signIn(person.email.toUpperCase(), 'wrong password')
  await signIn('nobody@example.test', 'my secret password')
  await signIn(person.email, person.password)

  const events = await service.prisma.auditEvent.findMany({ orderBy: { id: 'asc' } })
  expect(events.map(({ action, actorId, subjectId }) => [action, actorId, subjectId])).toEqual([
    ['account.sign-in', id, id],
    ['account.sign-out', id, id],
    ['account.sign-in-failed', null, id],
    ['account.sign-in-failed', null, 'unknown'],
    ['account.sign-in', id, id],
  ])
  expect(new Set(events.map(({ ipAddress }) => ipAddress))).toEqual(new Set(['127.0.0.1']))
  expect(JSON.stringify(events)).not.toMatch(/nobody@|secret/)
})
