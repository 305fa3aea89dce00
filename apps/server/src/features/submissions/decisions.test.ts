import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { buildTestApp, type TestApp } from '../../../test/build-test-app.ts'
import type { Round } from '../../generated/prisma/client.ts'
import { TestClient } from '../../http/test-client.ts'
import { insertScored, registeredStudent, seedRound, signedInInstructor } from '../../http/test-data.ts'
import { insertQueuedRun } from '../../jobs/test-fixtures.ts'
import { lockRound } from '../rounds/rounds.repository.ts'

const closesAt = new Date('2026-11-24T09:00:00Z')
let now = new Date('2026-11-24T08:00:00Z')
let service: TestApp
let teacher: TestClient
let round: Round
let student: TestClient
let entryId: string

beforeAll(async () => {
  service = await buildTestApp({ now: () => now })
  teacher = await signedInInstructor(service)
})
afterAll(async () => {
  await service.close()
})
beforeEach(async () => {
  now = new Date('2026-11-24T08:00:00Z')
  round = await seedRound(service, { closesAt, finalPicks: 2 })
  student = await registeredStudent(service, round, crypto.randomUUID())
  entryId = (await student.get(`/api/rounds/${round.slug}/entry`)).json().id
})

const scored = (entry = entryId) =>
  insertScored(service, { round, entryId: entry, public: { correct: 1, total: 30, top5Correct: 2 } })
const pick = (client: TestClient, id: string, picked = true) =>
  client.request('PUT', `/api/submissions/${id}/final`, { pick: picked })
const outcome = (response: { statusCode: number; json(): { code: string } }) => [
  response.statusCode,
  response.json().code,
]

describe('final picks', () => {
  it('“a pick names a submission, scored or not”', async () => {
    const done = await scored()
    const { id: waiting } = await insertQueuedRun(service.prisma, round, entryId)
    for (const id of [done, waiting]) {
      expect((await pick(student, id)).json()).toMatchObject({ id, finalPick: true })
    }
    expect((await pick(student, waiting, false)).json()).toMatchObject({ finalPick: false, status: 'QUEUED' })
  })

  it('are as many as the round allows, each counted once, also when they come at once', async () => {
    const ids = await Promise.all([scored(), scored(), scored(), scored(), scored()])
    const responses = await Promise.all(ids.map((id) => pick(student, id)))
    expect(responses.map(({ statusCode }) => statusCode).sort()).toEqual([200, 200, 409, 409, 409])
    const refused = responses.find(({ statusCode }) => statusCode === 409)
    expect(refused?.json()).toMatchObject({ code: 'FINAL_PICKS_FULL', params: { limit: 2 } })
    const [picked] = await service.prisma.submission.findMany({ where: { entryId, finalPick: true } })
    expect((await pick(student, picked?.id ?? '')).statusCode).toBe(200)
    expect(await service.prisma.submission.count({ where: { entryId, finalPick: true } })).toBe(2)
  })

  it('“up to N per entry until close”: the last millisecond counts, the close does not', async () => {
    const id = await scored()
    now = new Date(closesAt.getTime() - 1)
    expect((await pick(student, id)).statusCode).toBe(200)
    now = closesAt
    expect(outcome(await pick(student, id, false))).toEqual([409, 'FINAL_PICKS_LOCKED'])
  })

  it('can be set right by an instructor until the results are published', async () => {
    const id = await scored()
    now = new Date(closesAt.getTime() + 1000)
    expect((await pick(teacher, id)).json().finalPick).toBe(true)
    await service.prisma.round.update({ where: { id: round.id }, data: { publishedAt: now } })
    expect(outcome(await pick(teacher, id, false))).toEqual([409, 'FINAL_PICKS_LOCKED'])
  })

  it('are nobody else’s', async () => {
    const id = await scored()
    const other = await registeredStudent(service, round, crypto.randomUUID())
    expect(outcome(await pick(other, id))).toEqual([404, 'NOT_FOUND'])
    expect(outcome(await pick(new TestClient(service.app), id))).toEqual([401, 'UNAUTHENTICATED'])
  })
})

describe('a disqualified submission', () => {
  it('shows its owner why, can be let back in, and is on record', async () => {
    const id = await scored()
    const url = `/api/submissions/${id}/disqualify`
    expect((await teacher.post(url, { reason: ' テスト画像で学習 ' })).statusCode).toBe(200)
    expect((await student.get(`/api/submissions/${id}`)).json().disqualified).toEqual({
      at: now.toISOString(),
      reason: 'テスト画像で学習',
    })
    expect((await teacher.request('DELETE', url)).json().disqualified).toBeNull()
    const events = await service.prisma.auditEvent.findMany({
      where: { subjectId: id },
      orderBy: { at: 'asc' },
    })
    expect(events.map(({ action, after }) => [action, after])).toEqual([
      ['submission.disqualify', { reason: 'テスト画像で学習' }],
      ['submission.requalify', { reason: null }],
    ])
  })

  it('waits for a rescore that goes live, which holds the round and then takes its submissions', async () => {
    const id = await scored()
    const disqualified = await service.prisma.$transaction(async (tx) => {
      await lockRound(tx, round.slug)
      const response = teacher.post(`/api/submissions/${id}/disqualify`, { reason: 'x' })
      await vi.waitFor(async () => {
        const waiting = await service.prisma.$queryRaw<unknown[]>`
          SELECT 1 FROM pg_stat_activity
          WHERE "datname" = current_database() AND cardinality(pg_blocking_pids("pid")) > 0`
        expect(waiting).toHaveLength(1)
      })
      await tx.submission.update({ where: { id }, data: { label: 'rescored' } })
      return { response }
    })
    expect((await disqualified.response).statusCode).toBe(200)
    expect((await teacher.get(`/api/submissions/${id}`)).json()).toMatchObject({
      label: 'rescored',
      disqualified: { reason: 'x' },
    })
  })

  it('needs a reason, and an instructor', async () => {
    const id = await scored()
    const url = `/api/submissions/${id}/disqualify`
    expect((await teacher.post(url, { reason: '  ' })).statusCode).toBe(400)
    for (const method of ['POST', 'DELETE'] as const) {
      const body = method === 'POST' ? { reason: 'x' } : undefined
      expect(outcome(await student.request(method, url, body))).toEqual([403, 'FORBIDDEN'])
      expect(outcome(await new TestClient(service.app).request(method, url, body))).toEqual([
        401,
        'UNAUTHENTICATED',
      ])
      const nothing = `/api/submissions/${crypto.randomUUID()}/disqualify`
      expect((await teacher.request(method, nothing, body)).statusCode).toBe(404)
    }
  })
})

describe('a disqualified team', () => {
  it('sees why, and can be let back in', async () => {
    const url = `/api/rounds/${round.slug}/entries/${entryId}/disqualification`
    expect((await teacher.post(url, { reason: '二重参加' })).statusCode).toBe(200)
    const own = `/api/rounds/${round.slug}/entry`
    expect((await student.get(own)).json().disqualified).toMatchObject({ reason: '二重参加' })
    expect((await teacher.request('DELETE', url)).statusCode).toBe(200)
    expect((await student.get(own)).json().disqualified).toBeNull()
    expect(await service.prisma.auditEvent.count({ where: { subjectId: entryId } })).toBe(2)
  })

  it('is one of that round, by an instructor’s word', async () => {
    const other = await seedRound(service)
    const elsewhere = `/api/rounds/${other.slug}/entries/${entryId}/disqualification`
    expect((await teacher.post(elsewhere, { reason: 'x' })).statusCode).toBe(404)
    const url = `/api/rounds/${round.slug}/entries/${entryId}/disqualification`
    expect(outcome(await student.post(url, { reason: 'x' }))).toEqual([403, 'FORBIDDEN'])
    expect(outcome(await student.request('DELETE', url))).toEqual([403, 'FORBIDDEN'])
    expect((await new TestClient(service.app).post(url, { reason: 'x' })).statusCode).toBe(401)
  })
})
