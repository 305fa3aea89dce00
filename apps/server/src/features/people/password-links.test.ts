import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { buildTestApp, type TestApp } from '../../../test/build-test-app.ts'
import { TestClient } from '../../http/test-client.ts'
import { registeredStudent, seedRound, signedInInstructor } from '../../http/test-data.ts'
import { follow, idOf, importedRoster, linkFor } from './test-people.ts'

let clock: Date
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
  clock = new Date()
})

let count = 0
/** Somebody whom a roster brought. */
async function invited(): Promise<{ id: string; email: string }> {
  const email = `invited-${++count}@example.jp`
  await importedRoster(instructor, `氏名,メール\n名簿の名前,${email}`)
  return service.prisma.user.findUniqueOrThrow({ where: { email }, select: { id: true, email: true } })
}
const lookUp = (token: string) => new TestClient(service.app).post('/api/password-links/look-up', { token })
const refused = [403, 'PASSWORD_LINK_INVALID']
const refusal = ({ statusCode, json }: Awaited<ReturnType<typeof lookUp>>) => [statusCode, json().code]
const signIn = (email: string, password: string) =>
  new TestClient(service.app).post('/api/auth/sign-in/email', { email, password })

it('invites: the person corrects their name, chooses a password, and is signed in', async () => {
  const { id, email } = await invited()
  const token = await linkFor(instructor, id)
  expect((await lookUp(token)).json()).toEqual({ name: '名簿の名前', email, purpose: 'INVITATION' })
  const { client, response } = await follow(service, token, '本人の名前')
  expect(response.statusCode, response.body).toBe(204)
  expect((await client.get('/api/me')).json().me).toMatchObject({ id, name: '本人の名前', role: 'STUDENT' })
  expect((await signIn(email, 'a new password')).statusCode).toBe(204)
  const log = { action: 'account.accept-invitation', subjectId: id, actorId: id }
  expect(await service.prisma.auditEvent.count({ where: log })).toBe(1)
})

it('works once, also for two at the same moment', async () => {
  const { id } = await invited()
  const token = await linkFor(instructor, id)
  const both = await Promise.all([follow(service, token), follow(service, token)])
  expect(both.map(({ response }) => response.statusCode).sort()).toEqual([204, 403])
  expect(refusal((await follow(service, token)).response)).toEqual(refused)
  expect(refusal(await lookUp(token))).toEqual(refused)
})

it('is void once a newer one is printed, also for all at once', async () => {
  const [one, other] = [await invited(), await invited()]
  const old = await linkFor(instructor, one.id)
  const response = await instructor.post('/api/people/links', { ids: [other.id, one.id, one.id] })
  const { links }: { links: { id: string; token: string; purpose: string }[] } = response.json()
  expect(links.map(({ id, purpose }) => [id, purpose]).sort()).toEqual(
    [one, other].map(({ id }) => [id, 'INVITATION']).sort(),
  )
  expect(response.headers['cache-control']).toBe('no-store')
  expect(refusal((await follow(service, old)).response)).toEqual(refused)
  const printed = links.find(({ id }) => id === one.id)
  expect((await follow(service, printed?.token ?? '')).response.statusCode).toBe(204)
})

it('is stored as a hash only, and in no log', async () => {
  const { id } = await invited()
  const token = await linkFor(instructor, id)
  const stored = JSON.stringify([
    await service.prisma.passwordLink.findMany({ where: { userId: id } }),
    await service.prisma.auditEvent.findMany({ where: { subjectId: id } }),
  ])
  expect(stored).toContain('INVITATION')
  expect(stored).not.toContain(token)
})

it('resets: the old password and all sessions end, API keys and the name stay', async () => {
  const student = await registeredStudent(service, await seedRound(service), 'Hana')
  const { id, email } = (await student.get('/api/me')).json().me
  const { key } = (await student.post('/api/me/api-keys', { name: 'laptop', expiresInDays: 1 })).json()
  const token = await linkFor(instructor, id)
  expect((await lookUp(token)).json().purpose).toBe('RESET')
  expect((await student.get('/api/me')).json().me.id).toBe(id)
  const { client } = await follow(service, token, 'Somebody else')
  expect((await student.get('/api/me')).json()).toEqual({ me: null })
  expect((await client.get('/api/me')).json().me).toMatchObject({ id, name: 'Hana' })
  expect((await signIn(email, 'correct horse battery')).statusCode).toBe(401)
  expect((await new TestClient(service.app).get('/api/me', { 'x-api-key': key })).statusCode).toBe(200)
})

it('expires: an invitation after 60 days, a reset after 3', async () => {
  const { id } = await invited()
  const student = await idOf(await registeredStudent(service, await seedRound(service)))
  const [invitation, reset] = [await linkFor(instructor, id), await linkFor(instructor, student)]
  const made = clock.getTime()
  const after = async (ms: number, token: string) => {
    clock = new Date(made + ms)
    return (await lookUp(token)).statusCode
  }
  const day = 24 * 3600_000
  expect(await after(3 * day - 1, reset)).toBe(200)
  expect(await after(3 * day, reset)).toBe(403)
  expect(await after(60 * day - 1, invitation)).toBe(200)
  expect(await after(60 * day, invitation)).toBe(403)
  expect(refusal((await follow(service, invitation)).response)).toEqual(refused)
})

it('is not made for who is unknown or deactivated, and not good for who becomes so', async () => {
  const { id } = await invited()
  const token = await linkFor(instructor, id)
  await service.prisma.user.update({ where: { id }, data: { deactivatedAt: clock } })
  expect(refusal(await lookUp(token))).toEqual(refused)
  const deactivated = await instructor.post('/api/people/links', { ids: [id] })
  expect([deactivated.statusCode, deactivated.json().code]).toEqual([409, 'PERSON_DEACTIVATED'])
  const unknown = await instructor.post('/api/people/links', { ids: ['nobody'] })
  expect([unknown.statusCode, unknown.json().code]).toEqual([404, 'NOT_FOUND'])
})

it('takes no password that is too short, and stays good', async () => {
  const { id } = await invited()
  const token = await linkFor(instructor, id)
  expect((await follow(service, token, 'A', 'short')).response.statusCode).toBe(400)
  expect((await lookUp(token)).statusCode).toBe(200)
})
