import Fastify from 'fastify'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { registerAccess } from './access.ts'
import { handleError } from './problem.ts'
import { registerRateLimits } from './rate-limit.ts'
import { registerSchemas } from './schemas.ts'

const ok = z.object({ ok: z.literal(true) })

/** The limits alone: `x-user` says who asks. */
async function limitedApp(redisUrl: string | null = null) {
  const app = Fastify()
  app.setErrorHandler(handleError)
  registerSchemas(app)
  await registerRateLimits(app, { redisUrl, apiRequestsPerMinute: 80 })
  registerAccess(app, {
    publicUrl: null,
    now: () => new Date(),
    viewerBySession: async ({ headers }) => {
      const id = headers['x-user']
      if (typeof id !== 'string') return { viewer: null, setCookies: [] }
      const person = { id, name: id, email: `${id}@example.test`, role: 'STUDENT' as const }
      return { viewer: { ...person, via: 'session', viewAs: null }, setCookies: [] }
    },
    viewerByApiKey: async () => null,
  })
  const answer = async () => ({ ok: true as const })
  const schema = { response: { 200: ok } }
  app.get('/api/thing', { config: { access: 'public' }, schema }, answer)
  app.post('/api/sign-in', { config: { access: 'public', limit: 'sign-in' }, schema }, answer)
  app.post('/api/submit', { config: { access: 'signed-in', limit: 'submit' }, schema }, answer)
  return app
}

type App = Awaited<ReturnType<typeof limitedApp>>
const asUser = (app: App, user: string) => async () =>
  (await app.inject({ method: 'POST', url: '/api/submit', headers: { 'x-user': user } })).statusCode
const signIn = (app: App, email: string, remoteAddress: string) => async () =>
  (await app.inject({ method: 'POST', url: '/api/sign-in', remoteAddress, payload: { email } })).statusCode

/** How many of `attempts` requests, one after the other, were let through before the first that was not. */
async function allowed(attempts: number, request: (at: number) => Promise<number>): Promise<number> {
  for (let at = 0; at < attempts; at++) if ((await request(at)) === 429) return at
  return attempts
}

it('stop an account, wherever it asks from, and not its neighbour', async () => {
  const app = await limitedApp()
  expect(await allowed(100, asUser(app, 'yuki'))).toBe(60)
  expect(await asUser(app, 'haru')()).toBe(200)
  const guess = (at: number) => signIn(app, ' Yuki@Example.test', `10.0.0.${at}`)()
  expect(await allowed(100, guess)).toBe(10)
  expect(await signIn(app, 'haru@example.test', '10.0.0.1')()).toBe(200)
})

it('stop an address that tries many accounts; of IPv6 the network counts', async () => {
  const app = await limitedApp()
  const sweepAccounts = (at: number) => signIn(app, `student-${at}@example.test`, `2001:db8::${at}`)()
  expect(await allowed(400, sweepAccounts)).toBe(300)
  expect(await signIn(app, 'other@example.test', '2001:db8:0:1::1')()).toBe(200)
})

it('stop a script that asks any route without end, and say when to come back', async () => {
  const app = await limitedApp()
  const ask = () => app.inject({ url: '/api/thing', headers: { 'x-user': 'loop' } })
  expect(await allowed(100, async () => (await ask()).statusCode)).toBe(80)
  const refused = await ask()
  expect(refused.json()).toMatchObject({ code: 'RATE_LIMITED', status: 429 })
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0)
  // Others at the same address go on, until all of them together ask 25 times as much.
  const visit = async () => (await app.inject('/api/thing')).statusCode
  expect(await allowed(3000, visit)).toBe(25 * 80 - 82)
})

it('lock nobody out while Redis is away', async () => {
  // Port 1: nothing listens there.
  const app = await limitedApp('redis://127.0.0.1:1')
  expect(await allowed(70, asUser(app, 'yuki'))).toBe(70)
  await app.close()
})
