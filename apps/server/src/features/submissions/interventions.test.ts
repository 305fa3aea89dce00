import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildTestApp, type TestApp } from '../../../test/build-test-app.ts'
import type { Round } from '../../generated/prisma/client.ts'
import { TestClient } from '../../http/test-client.ts'
import { insertScored, registeredStudent, seedRound, signedInInstructor } from '../../http/test-data.ts'
import { claimRun, finishUnscored } from '../../jobs/runs.repository.ts'
import { insertQueuedRun, wasmOnly } from '../../jobs/test-fixtures.ts'
import { scoreAs } from '../rescores/test-rescores.ts'

let service: TestApp
let teacher: TestClient
let student: TestClient
let round: Round
let entryId: string
beforeAll(async () => {
  service = await buildTestApp()
  teacher = await signedInInstructor(service)
})
afterAll(async () => {
  await service.close()
})

/** A round of a test's own with one team. */
async function freshRound(overrides: Partial<Round> = {}): Promise<void> {
  round = await seedRound(service, overrides)
  student = await registeredStudent(service, round)
  entryId = (await student.get(`/api/rounds/${round.slug}/entry`)).json().id
}

async function failed(): Promise<string> {
  const { prisma } = service
  const { id, runId } = await insertQueuedRun(prisma, round, entryId)
  const run = await claimRun(prisma, { runId, engines: wasmOnly })
  if (run === null) throw new Error('the run can be claimed')
  const reason = { code: 'SCORING_INTERRUPTED', params: { detail: 'disk full' } } as const
  await finishUnscored(prisma, run.claim, 'FAILED', reason)
  return id
}

const scored = () =>
  insertScored(service, { round, entryId, public: { correct: 20, total: 30, top5Correct: 30 } })
const outcome = (response: { statusCode: number; json(): { code: string } }) => [
  response.statusCode,
  response.json().code,
]
const auditOf = async (subjectId: string) =>
  (
    await service.prisma.auditEvent.findMany({
      where: { subjectId },
      orderBy: [{ at: 'asc' }, { id: 'asc' }],
    })
  ).map(({ action, before, after }) => ({ action, before, after }))
const quotaLeft = async () => (await student.get(`/api/rounds/${round.slug}/entry`)).json().quota.totalLeft

describe('a submission whose scoring failed', () => {
  it('is scored anew on an instructor’s word, and costs quota again once it is', async () => {
    await freshRound({ submissionsTotal: 3 })
    const id = await failed()
    expect(await quotaLeft()).toBe(3)
    const retried = await teacher.post(`/api/submissions/${id}/retry`)
    expect(retried.json()).toMatchObject({ id, status: 'QUEUED', reason: null, run: { attempt: 0 } })
    expect(await quotaLeft()).toBe(2)
    const runs = await service.prisma.scoringRun.findMany({
      where: { submissionId: id },
      orderBy: { createdAt: 'asc' },
    })
    expect(runs).toMatchObject([
      { status: 'FAILED', live: false, replacedAt: expect.any(Date), reasonCode: 'SCORING_INTERRUPTED' },
      { status: 'QUEUED', live: true, replacedAt: null, datasetId: round.datasetId, attempt: 0 },
    ])
    await scoreAs(service, runs[1]?.id ?? '', { correct: 21 })
    expect((await student.get(`/api/submissions/${id}`)).json()).toMatchObject({
      status: 'SCORED',
      score: { correct: 21 },
    })
    expect(await auditOf(id)).toEqual([
      {
        action: 'submission.retry',
        before: { status: 'FAILED', reason: 'SCORING_INTERRUPTED' },
        after: { status: 'QUEUED' },
      },
    ])
  })

  it('that fails again gives its quota back again', async () => {
    await freshRound({ submissionsTotal: 3 })
    const id = await failed()
    await teacher.post(`/api/submissions/${id}/retry`)
    const { id: runId } = await service.prisma.scoringRun.findFirstOrThrow({
      where: { submissionId: id, live: true },
    })
    const run = await claimRun(service.prisma, { runId, engines: wasmOnly })
    if (run === null) throw new Error('the run can be claimed')
    await finishUnscored(service.prisma, run.claim, 'FAILED', { code: 'SCORING_TIMED_OUT', params: {} })
    expect(await quotaLeft()).toBe(3)
    expect((await teacher.post(`/api/submissions/${id}/retry`)).statusCode).toBe(200)
  })

  it('is retried once, however many ask at once', async () => {
    await freshRound()
    const id = await failed()
    const all = await Promise.all([1, 2, 3].map(() => teacher.post(`/api/submissions/${id}/retry`)))
    expect(all.map(({ statusCode }) => statusCode).sort()).toEqual([200, 409, 409])
    expect(await service.prisma.scoringRun.count({ where: { submissionId: id } })).toBe(2)
    expect(await auditOf(id)).toHaveLength(1)
  })

  it('is the only one that is retried, by instructors only', async () => {
    await freshRound()
    expect(outcome(await teacher.post(`/api/submissions/${await scored()}/retry`))).toEqual([
      409,
      'RETRY_NOT_FAILED',
    ])
    expect((await teacher.post(`/api/submissions/${crypto.randomUUID()}/retry`)).statusCode).toBe(404)
    const url = `/api/submissions/${await failed()}/retry`
    expect(outcome(await student.post(url))).toEqual([403, 'FORBIDDEN'])
    expect(outcome(await new TestClient(service.app).post(url))).toEqual([401, 'UNAUTHENTICATED'])
  })

  it('tells instructors what its owner does not learn: the attempt’s worker and technical note', async () => {
    await freshRound()
    const id = await failed()
    const { runs } = (await teacher.get(`/api/submissions/${id}/runs`)).json()
    expect(runs).toMatchObject([
      {
        status: 'FAILED',
        attempt: 1,
        worker: expect.stringMatching(/:\d+:/),
        reason: { code: 'SCORING_INTERRUPTED', params: { detail: 'disk full' } },
      },
    ])
    expect((await student.get(`/api/submissions/${id}`)).body).not.toContain('disk full')
  })
})

describe('what an instructor does with a team’s submission', () => {
  it('is on record: cancelling it and picking it', async () => {
    await freshRound()
    const { id: queued } = await insertQueuedRun(service.prisma, round, entryId)
    const done = await scored()
    expect((await teacher.request('DELETE', `/api/submissions/${queued}`)).json().status).toBe('CANCELLED')
    await teacher.request('PUT', `/api/submissions/${done}/final`, { pick: true })
    expect(await auditOf(queued)).toEqual([
      { action: 'submission.cancel', before: { status: 'QUEUED' }, after: { status: 'CANCELLED' } },
    ])
    expect(await auditOf(done)).toEqual([
      { action: 'submission.pick', before: { finalPick: false }, after: { finalPick: true } },
    ])
  })

  it('is not on record when its own team does it', async () => {
    await freshRound()
    const { id: queued } = await insertQueuedRun(service.prisma, round, entryId)
    const done = await scored()
    await student.request('PUT', `/api/submissions/${done}/final`, { pick: true })
    expect((await student.request('DELETE', `/api/submissions/${queued}`)).statusCode).toBe(200)
    expect([...(await auditOf(queued)), ...(await auditOf(done))]).toEqual([])
  })
})

describe('a team that becomes a baseline', () => {
  const mark = (client: TestClient, id: string, baseline: boolean) =>
    client.request('PUT', `/api/rounds/${round.slug}/entries/${id}/baseline`, { baseline })
  const rows = async () =>
    (await teacher.get(`/api/rounds/${round.slug}/leaderboard`))
      .json()
      .rows.map(({ kind, rank }: { kind: string; rank: number | null }) => [kind, rank])

  it('is shown without a rank, and can become a team again', async () => {
    await freshRound()
    const id = await scored()
    expect(await rows()).toEqual([['TEAM', 1]])
    expect((await mark(teacher, entryId, true)).statusCode).toBe(200)
    expect(await rows()).toEqual([['BASELINE', null]])
    expect((await student.get(`/api/submissions/${id}`)).json().entryKind).toBe('BASELINE')
    expect((await mark(teacher, entryId, true)).statusCode).toBe(200)
    expect((await mark(teacher, entryId, false)).statusCode).toBe(200)
    expect(await rows()).toEqual([['TEAM', 1]])
    expect((await auditOf(entryId)).map(({ action }) => action)).toEqual([
      'entry.mark-baseline',
      'entry.unmark-baseline',
    ])
  })

  it('needs members to be a team again, and an instructor’s word', async () => {
    await freshRound()
    const base = await service.prisma.entry.create({
      data: { roundId: round.id, name: 'Linear', kind: 'BASELINE' },
    })
    expect(outcome(await mark(teacher, base.id, false))).toEqual([409, 'BASELINE_WITHOUT_MEMBERS'])
    expect((await mark(teacher, crypto.randomUUID(), true)).statusCode).toBe(404)
    expect(outcome(await mark(student, entryId, true))).toEqual([403, 'FORBIDDEN'])
    expect(outcome(await mark(new TestClient(service.app), entryId, true))).toEqual([401, 'UNAUTHENTICATED'])
  })
})
