import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { buildTestApp, type TestApp } from '../../../test/build-test-app.ts'
import type { Round } from '../../generated/prisma/client.ts'
import { TestClient } from '../../http/test-client.ts'
import { registeredStudent, seedRound, signedInInstructor } from '../../http/test-data.ts'

let service: TestApp
let round: Round
let student: TestClient
let script: TestClient
beforeAll(async () => {
  service = await buildTestApp()
  round = await seedRound(service)
})
afterAll(async () => {
  await service.close()
})
beforeEach(async () => {
  student = await registeredStudent(service, round)
  script = new TestClient(service.app)
})

async function makeKey(client: TestClient) {
  const response = await client.post('/api/me/api-keys', { name: 'laptop', expiresInDays: 30 })
  expect(response.statusCode).toBe(201)
  return response.json()
}

it('is shown once and stored as a hash', async () => {
  const { key, apiKey } = await makeKey(student)
  expect(key.startsWith(apiKey.start)).toBe(true)
  const row = await service.prisma.apikey.findUniqueOrThrow({ where: { id: apiKey.id } })
  expect(row.key).not.toContain(key)
  const list = await student.get('/api/me/api-keys')
  expect(list.json().apiKeys).toMatchObject([{ id: apiKey.id, name: 'laptop', lastUsedAt: null }])
  expect(list.body).not.toContain(key)
  const days = (Date.parse(apiKey.expiresAt) - Date.parse(apiKey.createdAt)) / 86_400_000
  expect(days).toBeCloseTo(30, 2)
})

it('says who one is', async () => {
  const { key } = await makeKey(student)
  const response = await script.get('/api/me', { 'x-api-key': key })
  expect(response.json().me.id).toBe((await student.get('/api/me')).json().me.id)
  expect(response.cookies).toEqual([])
  const [{ lastUsedAt }] = (await student.get('/api/me/api-keys')).json().apiKeys
  expect(Date.parse(lastUsedAt)).toBeGreaterThan(0)
})

it('needs no origin, which scripts do not have', async () => {
  const { key } = await makeKey(student)
  const response = await script.get(`/api/rounds/${round.slug}/leaderboard`, { 'x-api-key': key })
  expect(response.statusCode).toBe(200)
})

it('is not good for administration, even an instructor’s', async () => {
  const instructor = await signedInInstructor(service)
  const { key } = await makeKey(instructor)
  const headers = { 'x-api-key': key }
  expect((await script.post('/api/rounds', {}, headers)).statusCode).toBe(401)
  expect((await script.post(`/api/rounds/${round.slug}/close`, undefined, headers)).statusCode).toBe(401)
  expect((await script.get('/api/me/api-keys', headers)).statusCode).toBe(401)
  expect(
    (await script.post('/api/me/api-keys', { name: 'more', expiresInDays: 1 }, headers)).statusCode,
  ).toBe(401)
  // A session beside the key does not make up for it.
  expect((await instructor.get('/api/me/api-keys', headers)).statusCode).toBe(401)
})

it('ends with its date, with its deletion and with its owner’s deactivation', async () => {
  const use = async (key: string) => (await script.get('/api/me', { 'x-api-key': key })).statusCode
  const [expired, deleted, kept] = [await makeKey(student), await makeKey(student), await makeKey(student)]
  await service.prisma.apikey.update({ where: { id: expired.apiKey.id }, data: { expiresAt: new Date(0) } })
  expect(await use(expired.key)).toBe(401)

  expect((await student.request('DELETE', `/api/me/api-keys/${deleted.apiKey.id}`)).statusCode).toBe(204)
  expect(await use(deleted.key)).toBe(401)

  expect(await use(kept.key)).toBe(200)
  const { me } = (await student.get('/api/me')).json()
  await service.prisma.user.update({ where: { id: me.id }, data: { deactivatedAt: new Date() } })
  expect(await use(kept.key)).toBe(401)
})

it('cannot be deleted by another', async () => {
  const { apiKey, key } = await makeKey(student)
  const other = await registeredStudent(service, round)
  expect((await other.request('DELETE', `/api/me/api-keys/${apiKey.id}`)).statusCode).toBe(404)
  expect((await script.get('/api/me', { 'x-api-key': key })).statusCode).toBe(200)
})

it('is refused when it is wrong, rather than ignored', async () => {
  const response = await script.get('/api/me', { 'x-api-key': 'taikai_wrong' })
  expect([response.statusCode, response.json().code]).toEqual([401, 'UNAUTHENTICATED'])
})
