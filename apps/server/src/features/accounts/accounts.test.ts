import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { buildTestApp, type TestApp } from '../../../test/build-test-app.ts'
import { buildPerson, TestClient } from '../../http/test-client.ts'
import { seedRound, signedInInstructor } from '../../http/test-data.ts'
import { ensureFirstInstructor } from './accounts.service.ts'

let service: TestApp
let visitor: TestClient
beforeAll(async () => {
  service = await buildTestApp()
})
afterAll(async () => {
  await service.close()
})
beforeEach(() => {
  visitor = new TestClient(service.app)
})

async function me(client: TestClient) {
  return (await client.get('/api/me')).json().me
}

describe('the first instructor', () => {
  beforeEach(async () => {
    await service.prisma.user.updateMany({ data: { role: 'STUDENT' } })
  })
  const noAdmin = { adminEmail: null, adminPassword: null }
  const ensure = (config: { adminEmail: string | null; adminPassword: string | null }) =>
    ensureFirstInstructor({ prisma: service.prisma, config })

  it('is made with the set-up link, once, and is signed in then', async () => {
    const { setupToken: token } = await ensure(noAdmin)
    const person = buildPerson()
    const response = await visitor.post('/api/setup', { token, ...person })
    expect(response.statusCode).toBe(201)
    expect(await me(visitor)).toMatchObject({ email: person.email, role: 'INSTRUCTOR' })

    const again = await new TestClient(service.app).post('/api/setup', { token, ...buildPerson() })
    expect(again.statusCode).toBe(403)
    expect(again.json().code).toBe('SETUP_LINK_INVALID')
    expect(await service.prisma.auditEvent.count({ where: { action: 'account.setup' } })).toBe(1)
    expect(await ensure(noAdmin)).toEqual({ setupToken: null })
  })

  it('is one only, when two people use the link at once', async () => {
    const { setupToken: token } = await ensure(noAdmin)
    const responses = await Promise.all(
      [1, 2].map(() => new TestClient(service.app).post('/api/setup', { token, ...buildPerson() })),
    )
    expect(responses.map(({ statusCode }) => statusCode).sort()).toEqual([201, 403])
    expect(await service.prisma.user.count({ where: { role: 'INSTRUCTOR' } })).toBe(1)
  })

  it('needs the link of the last start; the link is stored as a hash only', async () => {
    const { setupToken: old } = await ensure(noAdmin)
    const { setupToken: token } = await ensure(noAdmin)
    const [row] = await service.prisma.setupToken.findMany()
    expect(row?.tokenHash).toMatch(/^[0-9a-f]{64}$/)
    expect(row?.tokenHash).not.toBe(token)
    expect((await visitor.post('/api/setup', { token: old, ...buildPerson() })).statusCode).toBe(403)
    expect((await visitor.post('/api/setup', { token, ...buildPerson() })).statusCode).toBe(201)
  })

  it('may try again with the same link when the e-mail address is taken', async () => {
    const taken = buildPerson()
    const round = await seedRound(service)
    await new TestClient(service.app).post('/api/register', { ...taken, joinCode: round.joinCode })
    const { setupToken: token } = await ensure(noAdmin)
    expect((await visitor.post('/api/setup', { token, ...taken })).json().code).toBe('EMAIL_TAKEN')
    expect((await visitor.post('/api/setup', { token, ...buildPerson() })).statusCode).toBe(201)
  })

  it('can come from the configuration instead', async () => {
    const { email, password } = buildPerson()
    expect(await ensure({ adminEmail: email, adminPassword: password })).toEqual({ setupToken: null })
    expect((await visitor.post('/api/auth/sign-in/email', { email, password })).statusCode).toBe(204)
    expect(await me(visitor)).toMatchObject({ email, role: 'INSTRUCTOR' })
  })
})

describe('registering', () => {
  it('makes a student, who has joined the round and is signed in', async () => {
    const round = await seedRound(service)
    const person = buildPerson({ name: 'Aoi', email: `Upper.${Date.now()}@Example.Test` })
    const response = await visitor.post('/api/register', {
      ...person,
      joinCode: ` ${round.joinCode.toLowerCase()} `,
    })
    expect(response.statusCode).toBe(201)
    expect(response.json()).toEqual({ roundSlug: round.slug })
    expect(await me(visitor)).toMatchObject({
      name: 'Aoi',
      email: person.email.toLowerCase(),
      role: 'STUDENT',
    })
    expect((await visitor.get(`/api/rounds/${round.slug}/entry`)).json()).toMatchObject({
      name: 'Aoi',
      members: [{ name: 'Aoi' }],
    })
  })

  it('tells what a join code is for', async () => {
    const round = await seedRound(service)
    const response = await visitor.get(`/api/join-codes/${round.joinCode}`)
    expect(response.json()).toEqual({ roundSlug: round.slug, roundTitle: round.title })
    expect((await visitor.get('/api/join-codes/NOPE')).json().code).toBe('JOIN_CODE_UNKNOWN')
  })

  it('needs a join code that exists, and leaves nothing behind without', async () => {
    const person = buildPerson()
    const response = await visitor.post('/api/register', { ...person, joinCode: 'NOPE' })
    expect(response.statusCode).toBe(404)
    expect(response.json().code).toBe('JOIN_CODE_UNKNOWN')
    expect(await service.prisma.user.findUnique({ where: { email: person.email } })).toBeNull()
  })

  it('refuses an e-mail address that is taken, in any case of letters', async () => {
    const { joinCode } = await seedRound(service)
    const person = buildPerson()
    await visitor.post('/api/register', { ...person, joinCode })
    const again = { ...person, email: person.email.toUpperCase(), joinCode }
    const response = await new TestClient(service.app).post('/api/register', again)
    expect([response.statusCode, response.json().code]).toEqual([409, 'EMAIL_TAKEN'])
  })

  it('takes no role from outside', async () => {
    const { joinCode } = await seedRound(service)
    await visitor.post('/api/register', { ...buildPerson(), joinCode, role: 'INSTRUCTOR' })
    expect((await me(visitor)).role).toBe('STUDENT')
  })
})

describe('signing in', () => {
  async function registered() {
    const { joinCode } = await seedRound(service)
    const person = buildPerson()
    await new TestClient(service.app).post('/api/register', { ...person, joinCode })
    return person
  }

  it('sets a cookie that scripts cannot read, for 30 days, and that plain http keeps', async () => {
    const { email, password } = await registered()
    const response = await visitor.post('/api/auth/sign-in/email', { email, password })
    const [cookie] = response.cookies
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/', maxAge: 30 * 24 * 3600 })
    expect(cookie?.secure).toBeUndefined()
  })

  it('fails alike for a wrong password and an unknown address', async () => {
    const { email } = await registered()
    const bodies = await Promise.all(
      [
        { email, password: 'wrong password' },
        { email: 'nobody@example.test', password: 'wrong password' },
      ].map(async (credentials) => {
        const response = await visitor.post('/api/auth/sign-in/email', credentials)
        expect(response.statusCode).toBe(401)
        return { ...response.json(), requestId: '' }
      }),
    )
    expect(bodies[0].code).toBe('SIGN_IN_FAILED')
    expect(bodies[0]).toEqual(bodies[1])
    expect(visitor.cookie).toBe('')
  })

  it('is slowed down for an account whose password is being guessed, and not for others', async () => {
    const { email } = await registered()
    const guess = () => visitor.post('/api/auth/sign-in/email', { email, password: 'wrong password' })
    for (let attempt = 0; attempt < 10; attempt++) expect((await guess()).statusCode).toBe(401)
    const refused = await guess()
    expect([refused.statusCode, refused.json().code]).toEqual([429, 'RATE_LIMITED'])
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0)
    const other = await registered()
    const { statusCode } = await visitor.post('/api/auth/sign-in/email', {
      email: other.email,
      password: other.password,
    })
    expect(statusCode).toBe(204)
  })

  it('ends with signing out: the old cookie is worth nothing', async () => {
    const client = await signedInInstructor(service)
    const { cookie } = client
    expect((await client.post('/api/auth/sign-out')).statusCode).toBe(204)
    expect(client.cookie).toBe('')
    const response = await visitor.get('/api/me', { cookie })
    expect(response.json()).toEqual({ me: null })
  })

  it('is not possible for a deactivated account, and ends its sessions', async () => {
    const { email, password } = await registered()
    await visitor.post('/api/auth/sign-in/email', { email, password })
    await service.prisma.user.update({ where: { email }, data: { deactivatedAt: new Date() } })
    expect(await me(visitor)).toBeNull()
    const again = await new TestClient(service.app).post('/api/auth/sign-in/email', { email, password })
    expect([again.statusCode, again.json().code]).toEqual([401, 'SIGN_IN_FAILED'])
  })
})

it.each([
  '/api/auth/sign-up/email',
  '/api/auth/update-user',
  '/api/auth/api-key/create',
  '/api/auth/admin/set-role',
])('does not mount %s', async (url) => {
  const client = await signedInInstructor(service)
  expect((await client.post(url, {})).statusCode).toBe(404)
})
