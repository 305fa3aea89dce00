import { errorCodes } from '@taikai/shared/errors'
import { problemSchema } from '@taikai/shared/wire/problem'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { buildTestApp, type TestApp } from '../../test/build-test-app.ts'
import { problemOf, problemStatus } from './problem.ts'
import { TestClient } from './test-client.ts'

let service: TestApp
let visitor: TestClient
beforeAll(async () => {
  service = await buildTestApp()
  visitor = new TestClient(service.app)
})
afterAll(async () => {
  await service.close()
})

it.each(errorCodes)('%s has a status that says whose fault it is, and the shape of a problem', (code) => {
  expect(problemStatus[code]).toBeGreaterThanOrEqual(400)
  for (const locale of ['ja', 'en'] as const)
    problemSchema.parse(problemOf({ code, params: {} }, locale, 'r1'))
})

describe('a problem', () => {
  it.each([
    ['ja', /サインイン/],
    ['en', /[Ss]ign/],
  ])('speaks %s', async (language, words) => {
    const response = await visitor.get('/api/me/api-keys', { 'accept-language': language })
    expect(response.statusCode).toBe(401)
    expect(response.headers['content-type']).toMatch(/^application\/problem\+json/)
    const problem = problemSchema.parse(response.json())
    expect(problem).toMatchObject({
      type: 'urn:taikai:problem:unauthenticated',
      status: 401,
      code: 'UNAUTHENTICATED',
      requestId: response.headers['x-request-id'],
    })
    expect(problem.detail).toMatch(words)
  })

  it('lists every fault of a body, each in the language of the request', async () => {
    const issues = async (language: string) => {
      const body = { email: 'no address', password: '' }
      const response = await visitor.post('/api/auth/sign-in/email', body, { 'accept-language': language })
      expect(response.statusCode).toBe(400)
      return z.object({ issues: problemSchema.shape.issues.unwrap() }).parse(response.json()).issues
    }
    const [ja, en] = [await issues('ja'), await issues('en')]
    expect(ja.map(({ path }) => path)).toEqual(['email', 'password'])
    expect(en.map(({ path }) => path)).toEqual(['email', 'password'])
    expect(en[0]?.message).toBe('Invalid email address')
    expect(ja[0]?.message).toMatch(/[ぁ-ん]/)
  })

  it('is VALIDATION_FAILED for a body that is no JSON', async () => {
    const response = await service.app.inject({
      method: 'POST',
      url: '/api/auth/sign-in/email',
      headers: { 'content-type': 'application/json' },
      payload: '{"email":',
    })
    expect([response.statusCode, response.json().code]).toEqual([400, 'VALIDATION_FAILED'])
  })

  it('is UPLOAD_TOO_LARGE for a body over a megabyte', async () => {
    const response = await visitor.post('/api/register', { name: 'x'.repeat(1024 ** 2) })
    expect([response.statusCode, response.json().params]).toEqual([413, { limitBytes: 1024 ** 2 }])
  })

  it('is NOT_FOUND for a path under /api that nobody serves', async () => {
    const response = await visitor.get('/api/nothing')
    expect([response.statusCode, response.json().code]).toEqual([404, 'NOT_FOUND'])
  })

  it('tells nothing of what went wrong inside', async () => {
    let broken = false
    const other = await buildTestApp({
      now: () => {
        if (broken) throw new Error('secret of the house')
        return new Date()
      },
    })
    broken = true
    const response = await other.app.inject('/api/me')
    await other.close()
    expect(response.statusCode).toBe(500)
    expect(problemSchema.parse(response.json()).code).toBe('INTERNAL')
    expect(response.body).not.toContain('secret')
  })
})
