import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { buildTestApp, type TestApp } from '../../../test/build-test-app.ts'
import type { Round } from '../../generated/prisma/client.ts'
import { TestClient } from '../../http/test-client.ts'
import { insertScored, registeredStudent, seedRound, signedInInstructor } from '../../http/test-data.ts'
import { claimRun, finishUnscored } from '../../jobs/runs.repository.ts'
import { insertQueuedRun, seedEntry, wasmOnly } from '../../jobs/test-fixtures.ts'
import { scoreAs, shadowRunOf } from '../rescores/test-rescores.ts'

let service: TestApp
let teacher: TestClient
let student: TestClient
let cup: Round
let league: Round
let ofCup: string
let ofLeague: string
beforeAll(async () => {
  service = await buildTestApp()
  teacher = await signedInInstructor(service)
})
afterAll(async () => {
  await service.close()
})
beforeEach(async () => {
  cup = await seedRound(service)
  league = await seedRound(service, { datasetId: cup.datasetId })
  student = await registeredStudent(service, cup)
  ofCup = await seedEntry(service.prisma, cup.id, 'Owls')
  ofLeague = await seedEntry(service.prisma, league.id, 'Cats')
})

const scored = (round: Round, entryId: string) =>
  insertScored(service, { round, entryId, public: { correct: 20, total: 30, top5Correct: 30 } })
const act = async (action: string, ids: string[], client = teacher) =>
  client.post('/api/submissions/actions', { action, ids })
const rescoresOf = (round: Round) =>
  service.prisma.rescore.findMany({ where: { roundId: round.id }, include: { runs: true } })

describe('many submissions at once', () => {
  it('are rescored, those of one round together, and what is not scored is refused', async () => {
    const [a, b, c, left] = [
      await scored(cup, ofCup),
      await scored(cup, ofCup),
      await scored(league, ofLeague),
      await scored(cup, ofCup),
    ]
    const { id: queued } = await insertQueuedRun(service.prisma, cup, ofCup)
    const result = (await act('rescore', [a, b, c, queued, a])).json()
    expect(result.done.sort()).toEqual([a, b, c].sort())
    expect(result.refused).toEqual([{ id: queued, code: 'SUBMISSION_NOT_SCORED' }])
    const [ofRound] = await rescoresOf(cup)
    expect(ofRound).toMatchObject({ selection: true, submissionId: null, datasetId: cup.datasetId })
    expect(ofRound?.runs.map(({ submissionId, live }) => [submissionId, live]).sort()).toEqual(
      [
        [a, false],
        [b, false],
      ].sort(),
    )
    expect(await rescoresOf(league)).toMatchObject([{ selection: false, submissionId: c }])
    // The round has one at a time.
    expect((await act('rescore', [left, a])).json()).toEqual({
      done: [],
      refused: [
        { id: left, code: 'RESCORE_OPEN' },
        { id: a, code: 'RESCORE_OPEN' },
      ],
    })
    const url = `/api/rounds/${cup.slug}/rescores`
    expect((await teacher.get(url)).json().rescores).toMatchObject([
      { selection: true, submissionId: null, runs: { total: 2 } },
    ])
  })

  it('leave others alone: what is scored meanwhile does not join, and making it live moves only them', async () => {
    const [a, b, other] = [await scored(cup, ofCup), await scored(cup, ofCup), await scored(cup, ofCup)]
    await act('rescore', [a, b])
    const { runId, id: late } = await insertQueuedRun(service.prisma, cup, ofCup)
    await scoreAs(service, runId, { correct: 5 })
    for (const id of [a, b]) await scoreAs(service, (await shadowRunOf(service, id)).id, { correct: 11 })
    const [rescore] = await rescoresOf(cup)
    expect(rescore?.runs).toHaveLength(2)
    const url = `/api/rounds/${cup.slug}/rescores/${rescore?.id}/make-live`
    expect((await teacher.post(url)).statusCode).toBe(200)
    const correct = async (id: string) => (await teacher.get(`/api/submissions/${id}`)).json().score.correct
    expect([await correct(a), await correct(b), await correct(other), await correct(late)]).toEqual([
      11, 11, 20, 5,
    ])
  })

  it('are cancelled and retried, each on record, and each refusal has its reason', async () => {
    const { id: queued } = await insertQueuedRun(service.prisma, cup, ofCup)
    const { id: broken, runId } = await insertQueuedRun(service.prisma, league, ofLeague)
    const run = await claimRun(service.prisma, { runId, engines: wasmOnly })
    if (run === null) throw new Error('the run can be claimed')
    await finishUnscored(service.prisma, run.claim, 'FAILED', { code: 'SCORING_TIMED_OUT', params: {} })
    const done = await scored(cup, ofCup)
    const nothing = crypto.randomUUID()
    expect((await act('retry', [broken, done, nothing])).json()).toEqual({
      done: [broken],
      refused: [
        { id: done, code: 'RETRY_NOT_FAILED' },
        { id: nothing, code: 'NOT_FOUND' },
      ],
    })
    expect((await act('cancel', [queued, broken, done])).json()).toEqual({
      done: [queued, broken],
      refused: [{ id: done, code: 'SUBMISSION_FINISHED' }],
    })
    const events = await service.prisma.auditEvent.findMany({
      where: { subjectId: { in: [queued, broken, done] } },
      orderBy: [{ at: 'asc' }, { id: 'asc' }],
    })
    expect(events.map(({ action, subjectId }) => [action, subjectId])).toEqual([
      ['submission.retry', broken],
      ['submission.cancel', queued],
      ['submission.cancel', broken],
    ])
  })

  it('are for instructors, and some at least', async () => {
    const id = await scored(cup, ofCup)
    expect((await act('rescore', [id], student)).statusCode).toBe(403)
    expect((await act('rescore', [id], new TestClient(service.app))).statusCode).toBe(401)
    expect((await act('rescore', [])).statusCode).toBe(400)
    expect((await act('delete', [id])).statusCode).toBe(400)
  })
})
