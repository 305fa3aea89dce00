import { rm } from 'node:fs/promises'
import { Writable } from 'node:stream'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { buildTestApp, type TestApp } from '../../test/build-test-app.ts'
import { buildWebRoot } from '../../test/build-web-root.ts'
import { ensureFirstInstructor } from '../features/accounts/accounts.service.ts'
import { createAuth } from '../features/accounts/auth.ts'
import { buildPerson, TestClient } from './test-client.ts'
import { registeredStudent, seedRound, signedInInstructor } from './test-data.ts'

/** What the log was told, line by line, at its most talkative. */
const lines: string[] = []
const log = new Writable({
  write(chunk, _encoding, done) {
    lines.push(String(chunk))
    done()
  },
})
const ours = { host: 'taikai.example', origin: 'https://taikai.example' }

let plain: TestApp
/** As behind a proxy with https on this machine. */
let service: TestApp
let webRoot: string
let setupToken: string | null
beforeAll(async () => {
  plain = await buildTestApp()
  // While there is no instructor yet.
  setupToken = (await ensureFirstInstructor(plain)).setupToken
  const config = { ...plain.config, publicUrl: 'https://taikai.example', trustedProxies: 'loopback' }
  const auth = createAuth({ prisma: plain.prisma, config })
  webRoot = await buildWebRoot()
  const logger = pino({ level: 'trace' }, log)
  service = await buildTestApp({ prisma: plain.prisma, config, auth, logger, webRoot })
})
afterAll(async () => {
  await service.app.close()
  await plain.close()
  await rm(webRoot, { recursive: true })
})

describe("better-auth's own endpoints", () => {
  /** Those that we have routes of our own for, in access.test.ts. */
  const replaced = ['POST /api/auth/sign-in/email', 'POST /api/auth/sign-out']

  /** An endpoint is a function with these properties. */
  const endpointSchema = z.object({
    path: z.string().optional(),
    options: z.looseObject({ method: z.union([z.string(), z.array(z.string())]).optional() }),
  })

  it('are not there for anybody, also those that a newer version brings', async () => {
    const endpoints = Object.values(plain.auth.api).map((endpoint) => endpointSchema.parse({ ...endpoint }))
    const routes = endpoints.flatMap(({ path, options }) =>
      path === undefined
        ? []
        : [options.method ?? 'GET'].flat().map((method) => `${method} /api/auth${path}`),
    )
    // That this reads the true list: signing up and keys are in it.
    expect(routes).toContain('POST /api/auth/sign-up/email')
    expect(routes).toContain('POST /api/auth/api-key/create')
    expect(routes.length).toBeGreaterThan(25)
    const round = await seedRound(plain)
    const people = [
      new TestClient(plain.app),
      await registeredStudent(plain, round),
      await signedInInstructor(plain),
    ]
    const open: string[] = []
    for (const route of routes.filter((each) => !replaced.includes(each))) {
      const [method, url] = route.split(' ')
      for (const client of people) {
        const response = await client.request(z.enum(['GET', 'POST']).parse(method), url ?? '', undefined)
        if (response.statusCode !== 404 || response.json().code !== 'NOT_FOUND') open.push(route)
      }
    }
    expect(open).toEqual([])
  })
})

it('outside of the API there is only what is written here', () => {
  const above: string[] = []
  const paths: string[] = []
  for (const line of service.app.printRoutes({ commonPrefix: false, includeHooks: false }).split('\n')) {
    const [, indent = '', path] = /^(.*)[├└]── (\S+)/.exec(line) ?? []
    if (path === undefined) continue
    above.length = indent.length / 4
    above.push(path)
    paths.push(above.join(''))
  }
  expect(paths.length).toBeGreaterThan(60)
  // None asks who comes: they say nothing that is not everybody's. /metrics (with a token) is in metrics.test.ts.
  expect(paths.filter((path) => !path.startsWith('/api')).sort()).toEqual([
    '/healthz',
    '/readyz',
    '/starter.en.ipynb',
    '/starter.ja.ipynb',
    '/taikai.py',
  ])
})

it('session cookies are for this host, https and no script, and open the session that they were given for', async () => {
  const { joinCode } = await seedRound(service)
  const response = await service.app.inject({
    method: 'POST',
    url: '/api/register',
    headers: ours,
    payload: { ...buildPerson(), joinCode },
  })
  expect(response.statusCode, response.body).toBe(201)
  const [cookie, ...others] = response.cookies
  expect(others).toEqual([])
  expect(cookie).toMatchObject({ path: '/', httpOnly: true, secure: true, sameSite: 'Lax' })
  expect(cookie).not.toHaveProperty('domain')
  expect(cookie?.name).toBe('__Host-taikai.session_token')
  const headers = { ...ours, cookie: `${cookie?.name}=${cookie?.value}` }
  expect((await service.app.inject({ url: '/api/me', headers })).json().me.role).toBe('STUDENT')
  const unsecure = { ...ours, cookie: `taikai.session_token=${cookie?.value}` }
  expect((await service.app.inject({ url: '/api/me', headers: unsecure })).json().me).toBeNull()
})

it('who a request is from is said by a trusted proxy only', async () => {
  const failFrom = async (remoteAddress: string) => {
    await service.app.inject({
      method: 'POST',
      url: '/api/auth/sign-in/email',
      remoteAddress,
      headers: { ...ours, 'x-forwarded-for': '203.0.113.7' },
      payload: { email: 'nobody@example.test', password: 'wrong' },
    })
    const event = await service.prisma.auditEvent.findFirstOrThrow({
      where: { action: 'account.sign-in-failed' },
      orderBy: { id: 'desc' },
    })
    return event.ipAddress
  }
  expect(await failFrom('127.0.0.1')).toBe('203.0.113.7')
  expect(await failFrom('192.168.0.9')).toBe('192.168.0.9')
})

it('answers carry the headers that keep a page to itself', async () => {
  const { headers } = await service.app.inject('/healthz')
  expect(headers).toMatchObject({
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'SAMEORIGIN',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'strict-transport-security': 'max-age=15552000',
  })
  const api = await service.app.inject('/api/me')
  expect(api.headers['content-security-policy']).toBe(
    "default-src 'none';base-uri 'none';form-action 'none';frame-ancestors 'none'",
  )
  const policy = String(headers['content-security-policy']).replaceAll(/'nonce-[0-9a-f]{32}'/g, "'nonce-N'")
  expect(policy.split(';').sort()).toEqual(
    [
      "default-src 'self'",
      "script-src 'self' 'wasm-unsafe-eval' 'nonce-N'",
      "style-src 'self' 'nonce-N'",
      "img-src 'self' data: blob:",
      "font-src 'self'",
      "connect-src 'self'",
      "worker-src 'self'",
      "object-src 'none'",
      "base-uri 'none'",
      "form-action 'self'",
      "frame-ancestors 'none'",
      'upgrade-insecure-requests',
    ].sort(),
  )
})

it('the log tells of every request by its id, and holds nothing that opens a door', async () => {
  const instructor = await signedInInstructor(plain)
  const round = await seedRound(service)
  const student = await registeredStudent(plain, round)
  const { me } = (await student.get('/api/me')).json()
  const apiKey: string = (await student.post('/api/me/api-keys', { name: 'k', expiresInDays: 1 })).json().key
  const links = await instructor.post('/api/people/links', { ids: [me.id] })
  const linkToken: string = links.json().links[0].token
  const password = 'a password in the wrong place'
  lines.length = 0
  const send = (method: 'GET' | 'POST', url: string, payload?: object, headers = {}) =>
    service.app.inject({ method, url, headers: { ...ours, ...headers }, ...(payload && { payload }) })
  const requests = [
    await send('POST', '/api/auth/sign-in/email', { email: me.email, password }),
    await send('GET', `/setup?token=${setupToken}`),
    await send('POST', '/api/setup', { token: 'x', password }),
    await send('POST', '/api/password-links/look-up', { token: linkToken }),
    await send('POST', '/api/password-links/use', { token: linkToken, name: 'Y', password }),
    await send('GET', '/api/me', undefined, { 'x-api-key': apiKey }),
    await send('GET', `/api/join-codes/${round.joinCode}`),
    await send('GET', `/join/${round.joinCode}`),
    await send('GET', `/invite/${linkToken}`),
    await send('GET', '/api/me', undefined, { cookie: student.cookie, authorization: `Bearer ${apiKey}` }),
  ]
  const answered = lines.map((line) => JSON.parse(line)).filter(({ msg }) => msg === 'answered')
  expect(answered.map(({ reqId }) => reqId)).toEqual(requests.map(({ headers }) => headers['x-request-id']))
  expect(answered[0]).toMatchObject({ method: 'POST', path: '/api/auth/sign-in/email', status: 401 })
  const session = student.cookie.split('=')[1]
  const secrets = { password, setupToken, linkToken, apiKey, session, joinCode: round.joinCode }
  const text = lines.join('')
  for (const [name, secret] of Object.entries(secrets)) {
    expect(secret, name).toMatch(/\S{8}|\s/)
    expect(text.includes(String(secret)), name).toBe(false)
  }
})
