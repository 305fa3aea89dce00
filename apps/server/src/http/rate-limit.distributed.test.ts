import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import Fastify from 'fastify'
import { Redis } from 'ioredis'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { handleError } from './problem.ts'
import { registerRateLimits } from './rate-limit.ts'

let redis: ChildProcess
let url: string
beforeAll(async () => {
  const listener = createServer().listen(0, '127.0.0.1')
  await once(listener, 'listening')
  const address = listener.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  listener.close()
  redis = spawn('redis-server', ['--port', String(address.port), '--bind', '127.0.0.1', '--save', ''], {
    stdio: 'ignore',
  })
  url = `redis://127.0.0.1:${address.port}`
  const client = new Redis(url, { retryStrategy: () => 50, maxRetriesPerRequest: null })
  client.on('error', () => {}) // not up yet: it tries again
  await client.ping()
  client.disconnect()
})
afterAll(() => {
  redis.kill()
})

async function server() {
  const app = Fastify()
  app.setErrorHandler(handleError)
  app.decorateRequest('viewer', null)
  app.decorateRequest('locale', 'ja')
  await registerRateLimits(app, { redisUrl: url, apiRequestsPerMinute: 1200 })
  app.post('/sign-in', { config: { limit: 'sign-in' } }, async () => 'ok')
  app.post('/register', { config: { limit: 'register' } }, async () => 'ok')
  return app
}
type Server = Awaited<ReturnType<typeof server>>

it('are counted for all servers together, each limit for itself', async () => {
  const [one, other] = [await server(), await server()]
  const post = async (app: Server, path: string, email: string) =>
    (await app.inject({ method: 'POST', url: path, payload: { email } })).statusCode
  for (let guess = 0; guess < 5; guess++) {
    expect(await post(one, '/sign-in', 'yuki@example.test')).toBe(200)
    expect(await post(other, '/sign-in', 'yuki@example.test')).toBe(200)
  }
  expect(await post(other, '/sign-in', 'yuki@example.test')).toBe(429)
  expect(await post(one, '/sign-in', 'yuki@example.test')).toBe(429)
  // The same address has 12 sign-ins behind it, and still all of its 300 registrations.
  for (let at = 0; at < 300; at++) expect(await post(at % 2 ? one : other, '/register', '')).toBe(200)
  expect(await post(one, '/register', '')).toBe(429)
  await Promise.all([one.close(), other.close()])
})
