import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { buildTestApp, type TestApp } from '../../test/build-test-app.ts'
import type { Round } from '../generated/prisma/client.ts'
import { TestClient } from './test-client.ts'
import { insertScored, registeredStudent, seedRound, signedInInstructor } from './test-data.ts'
import type { Access } from './viewer.ts'

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
type Row = readonly [method: Method, url: string, access: Access, apiKey?: 'api-key']

/** Who may call what. A route that is not here, and a row without a route, fail the first test. */
const table: readonly Row[] = [
  ['GET', '/api/openapi.json', 'public'],
  ['GET', '/api/me', 'public', 'api-key'],
  ['GET', '/api/me/waiting', 'signed-in'],
  ['POST', '/api/setup', 'public'],
  ['POST', '/api/register', 'public'],
  ['GET', '/api/join-codes/{code}', 'public'],
  ['POST', '/api/auth/sign-in/email', 'public'],
  ['PUT', '/api/me/password', 'signed-in'],
  ['GET', '/api/me/api-keys', 'signed-in'],
  ['POST', '/api/me/api-keys', 'signed-in'],
  ['DELETE', '/api/me/api-keys/{id}', 'signed-in'],
  ['POST', '/api/password-links/look-up', 'public'],
  ['POST', '/api/password-links/use', 'public'],
  ['GET', '/api/people', 'instructor'],
  ['POST', '/api/people/links', 'instructor'],
  ['GET', '/api/people/{id}', 'instructor'],
  ['DELETE', '/api/people/{id}', 'instructor'],
  ['PUT', '/api/people/{id}/role', 'instructor'],
  ['POST', '/api/people/{id}/deactivate', 'instructor'],
  ['POST', '/api/people/{id}/reactivate', 'instructor'],
  ['POST', '/api/people/{id}/view-as', 'instructor'],
  ['POST', '/api/roster', 'instructor'],
  ['DELETE', '/api/view-as', 'signed-in'],
  ['GET', '/api/events', 'public'],
  ['GET', '/api/rounds', 'public'],
  ['POST', '/api/rounds', 'instructor'],
  ['GET', '/api/rounds/{slug}', 'public'],
  ['PATCH', '/api/rounds/{slug}', 'instructor'],
  ['DELETE', '/api/rounds/{slug}', 'instructor'],
  ['POST', '/api/rounds/{slug}/open', 'instructor'],
  ['POST', '/api/rounds/{slug}/freeze', 'instructor'],
  ['POST', '/api/rounds/{slug}/unfreeze', 'instructor'],
  ['POST', '/api/rounds/{slug}/close', 'instructor'],
  ['POST', '/api/rounds/{slug}/publish', 'instructor'],
  ['POST', '/api/rounds/{slug}/reopen', 'instructor'],
  ['POST', '/api/rounds/{slug}/clone', 'instructor'],
  ['POST', '/api/rounds/{slug}/changes', 'instructor'],
  ['GET', '/api/rounds/{slug}/undo', 'instructor'],
  ['POST', '/api/rounds/{slug}/undo', 'instructor'],
  ['GET', '/api/rounds/{slug}/announcements', 'public'],
  ['POST', '/api/rounds/{slug}/announcements', 'instructor'],
  ['PATCH', '/api/rounds/{slug}/announcements/{id}', 'instructor'],
  ['DELETE', '/api/rounds/{slug}/announcements/{id}', 'instructor'],
  ['POST', '/api/rounds/{slug}/announcements/{id}/read', 'signed-in'],
  ['GET', '/api/rounds/{slug}/rescores', 'instructor'],
  ['POST', '/api/rounds/{slug}/rescores', 'instructor'],
  ['GET', '/api/rounds/{slug}/rescores/{id}', 'instructor'],
  ['POST', '/api/rounds/{slug}/rescores/{id}/make-live', 'instructor'],
  ['POST', '/api/rounds/{slug}/rescores/{id}/abandon', 'instructor'],
  ['POST', '/api/rounds/{slug}/join', 'signed-in'],
  ['GET', '/api/rounds/{slug}/entry', 'signed-in'],
  ['PUT', '/api/rounds/{slug}/entry', 'signed-in'],
  ['PUT', '/api/rounds/{slug}/entry/invite', 'signed-in'],
  ['DELETE', '/api/rounds/{slug}/entry/invite', 'signed-in'],
  ['POST', '/api/rounds/{slug}/entry/leave', 'signed-in'],
  ['GET', '/api/invites/{code}', 'public'],
  ['POST', '/api/invites/{code}/accept', 'signed-in'],
  ['GET', '/api/rounds/{slug}/entries', 'instructor'],
  ['POST', '/api/rounds/{slug}/entries', 'instructor'],
  ['POST', '/api/rounds/{slug}/entries/{id}/members', 'instructor'],
  ['DELETE', '/api/rounds/{slug}/entries/{id}/members/{userId}', 'instructor'],
  ['POST', '/api/rounds/{slug}/entries/{id}/merge', 'instructor'],
  ['POST', '/api/rounds/{slug}/entries/{id}/disqualification', 'instructor'],
  ['DELETE', '/api/rounds/{slug}/entries/{id}/disqualification', 'instructor'],
  ['GET', '/api/rounds/{slug}/leaderboard', 'public', 'api-key'],
  ['GET', '/api/rounds/{slug}/leaderboard.csv', 'public', 'api-key'],
  ['GET', '/api/rounds/{slug}/export.zip', 'instructor'],
  ['POST', '/api/rounds/import', 'instructor'],
  ['GET', '/api/rounds/{slug}/exports/standings.csv', 'instructor'],
  ['GET', '/api/rounds/{slug}/exports/submissions.csv', 'instructor'],
  ['GET', '/api/rounds/{slug}/exports/predictions.npz', 'instructor'],
  ['GET', '/api/rounds/{slug}/exports/grades', 'instructor'],
  ['GET', '/api/rounds/{slug}/exports/grades.csv', 'instructor'],
  ['GET', '/api/rounds/{slug}/history', 'public', 'api-key'],
  ['GET', '/api/rounds/{slug}/submissions', 'signed-in', 'api-key'],
  ['POST', '/api/rounds/{slug}/submissions', 'signed-in', 'api-key'],
  ['GET', '/api/submissions/{id}', 'signed-in', 'api-key'],
  ['DELETE', '/api/submissions/{id}', 'signed-in', 'api-key'],
  ['GET', '/api/submissions/{id}/files/{position}', 'signed-in', 'api-key'],
  ['GET', '/api/submissions/{id}/receipt', 'signed-in', 'api-key'],
  ['GET', '/api/submissions/{id}/standing', 'signed-in', 'api-key'],
  ['GET', '/api/submissions/{id}/compare/{other}', 'signed-in', 'api-key'],
  ['PUT', '/api/submissions/{id}/final', 'signed-in', 'api-key'],
  ['POST', '/api/submissions/{id}/disqualify', 'instructor'],
  ['DELETE', '/api/submissions/{id}/disqualify', 'instructor'],
  ['POST', '/api/submissions/{id}/rescore', 'instructor'],
  ['GET', '/api/submissions/{id}/runs', 'instructor'],
  ['GET', '/api/overview', 'instructor'],
  ['POST', '/api/submissions/{id}/retry', 'instructor'],
  ['GET', '/api/submissions', 'instructor'],
  ['POST', '/api/submissions/actions', 'instructor'],
  ['POST', '/api/rounds/{slug}/baselines', 'instructor'],
  ['PUT', '/api/rounds/{slug}/entries/{id}/baseline', 'instructor'],
  ['GET', '/api/audit', 'instructor'],
  ['GET', '/api/audit.csv', 'instructor'],
  ['GET', '/api/backups', 'instructor'],
  ['POST', '/api/backups', 'instructor'],
  ['GET', '/api/datasets', 'instructor'],
  ['POST', '/api/datasets', 'instructor'],
  ['GET', '/api/datasets/downloads', 'instructor'],
  ['POST', '/api/datasets/downloads', 'instructor'],
  ['DELETE', '/api/datasets/{id}', 'instructor'],
  ['GET', '/api/datasets/{id}/histogram', 'instructor'],
  ['GET', '/api/datasets/{id}/contact-sheet.png', 'instructor'],
  ['GET', '/api/rounds/{slug}/training-sample.npz', 'public'],
  ['GET', '/api/rounds/{slug}/training-sample.zip', 'public'],
  // Last: it ends the sessions that the other rows use.
  ['POST', '/api/auth/sign-out', 'public'],
]

const refusals = ['UNAUTHENTICATED', 'FORBIDDEN', 'CROSS_SITE_REQUEST']

let service: TestApp
let round: Round
let submissionId: string
let visitor: TestClient
let student: TestClient
let instructor: TestClient
let studentKey: string
/** An instructor who views the site as the student. */
let viewing: TestClient
let viewingId: string
let asStudent: { viewAsUserId: string; viewAsUntil: Date }
beforeAll(async () => {
  service = await buildTestApp()
  round = await seedRound(service, { visitorsMaySee: true })
  visitor = new TestClient(service.app)
  student = await registeredStudent(service, round)
  instructor = await signedInInstructor(service)
  viewing = await signedInInstructor(service)
  viewingId = (await viewing.get('/api/me')).json().me.id
  const { me } = (await student.get('/api/me')).json()
  asStudent = { viewAsUserId: me.id, viewAsUntil: new Date(Date.now() + 600_000) }
  studentKey = (await student.post('/api/me/api-keys', { name: 'script', expiresInDays: 1 })).json().key
  const { id: entryId } = (await student.get(`/api/rounds/${round.slug}/entry`)).json()
  submissionId = await insertScored(service, {
    round,
    entryId,
    public: { correct: 17, total: 30, top5Correct: 29 },
  })
})
afterAll(async () => {
  await service.close()
})

function concrete(url: string): string {
  return url
    .replace('{slug}', round.slug)
    .replace(/\{(id|other)\}/g, submissionId)
    .replace('{position}', '0')
    .replace('{code}', round.joinCode)
}

/** What became of a request: the code of the refusal, or null. */
async function refusal(client: TestClient, [method, url]: Row, headers: Record<string, string> = {}) {
  const response = await client.request(method, concrete(url), method === 'GET' ? undefined : {}, headers)
  const problem = z.object({ code: z.enum(refusals) }).safeParse(parseJson(response.body))
  return problem.data?.code ?? null
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

it('is decided here for every route that there is', async () => {
  const { paths } = z
    .object({ paths: z.record(z.string(), z.record(z.string(), z.unknown())) })
    .parse((await visitor.get('/api/openapi.json')).json())
  const routes = Object.entries(paths).flatMap(([url, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${url}`),
  )
  expect(routes.sort()).toEqual(table.map(([method, url]) => `${method} ${url}`).sort())
})

describe.each(table.map((row) => [row.join(' '), row] as const))('%s', (_name, row) => {
  const [method, url, access, apiKey] = row

  it('refuses whom it should, and nobody else', async () => {
    expect(await refusal(visitor, row, { 'x-api-key': 'taikai_wrong' })).toBe('UNAUTHENTICATED')
    if (access !== 'public') expect(await refusal(visitor, row)).toBe('UNAUTHENTICATED')
    if (access === 'instructor') expect(await refusal(student, row)).toBe('FORBIDDEN')
    if (!apiKey) expect(await refusal(visitor, row, { 'x-api-key': studentKey })).toBe('UNAUTHENTICATED')
    if (url === '/api/events') return

    if (apiKey) expect(await refusal(visitor, row, { 'x-api-key': studentKey })).toBeNull()
    if (access === 'public') expect(await refusal(visitor, row)).toBeNull()
    if (access !== 'instructor') expect(await refusal(student, row)).toBeNull()
    expect(await refusal(instructor, row)).toBeNull()
  })

  if (method !== 'GET') {
    it('is refused to an instructor who views the site as a student', async () => {
      await service.prisma.session.updateMany({ where: { userId: viewingId }, data: asStudent })
      const response = await viewing.request(method, concrete(url), {})
      if (url === '/api/view-as') expect(response.statusCode).toBe(204)
      else expect([response.statusCode, response.json().code]).toEqual([403, 'VIEW_AS_READ_ONLY'])
    })

    it('is not done for a page of another site', async () => {
      for (const headers of [{ origin: 'https://evil.example' }, { 'sec-fetch-site': 'cross-site' }]) {
        expect(await refusal(instructor, row, headers)).toBe('CROSS_SITE_REQUEST')
      }
    })
  }
})
