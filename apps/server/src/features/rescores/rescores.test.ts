import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { buildTestApp, type TestApp } from '../../../test/build-test-app.ts'
import type { Round } from '../../generated/prisma/client.ts'
import { TestClient } from '../../http/test-client.ts'
import {
  insertScored,
  registeredStudent,
  seedDataset,
  seedRound,
  signedInInstructor,
} from '../../http/test-data.ts'
import { claimRun, finishUnscored, recordProgress } from '../../jobs/runs.repository.ts'
import { insertQueuedRun, wasmOnly } from '../../jobs/test-fixtures.ts'
import { scoreAs, shadowRunOf, withTensorflow } from './test-rescores.ts'

let service: TestApp
let teacher: TestClient
let round: Round
let url: string
let student: TestClient
let entryId: string

beforeAll(async () => {
  service = await buildTestApp()
  teacher = await signedInInstructor(service)
})
afterAll(async () => {
  await service.close()
})
beforeEach(async () => {
  round = await seedRound(service)
  url = `/api/rounds/${round.slug}/rescores`
  await service.prisma.enginePin.create({ data: { roundId: round.id, family: 'layers', engine: 'wasm' } })
  student = await registeredStudent(service, round, 'Hana')
  entryId = (await student.get(`/api/rounds/${round.slug}/entry`)).json().id
})

const scored = (correct: number, entry = entryId) =>
  insertScored(service, { round, entryId: entry, public: { correct, total: 30, top5Correct: 30 } })
const team = async (name: string) =>
  (await service.prisma.entry.create({ data: { roundId: round.id, name } })).id
const shadow = (submissionId: string) => shadowRunOf(service, submissionId)
const outcome = (response: { statusCode: number; json(): { code: string } }) => [
  response.statusCode,
  response.json().code,
]
async function start(body: object = {}) {
  const response = await teacher.post(url, body)
  expect(response.statusCode, response.body).toBe(201)
  return response.json()
}
const correctOf = async (id: string) => (await student.get(`/api/submissions/${id}`)).json().score.correct

describe('a rescore of a round', () => {
  it('“in the shadow with a rank diff shown before make live”, then all at once; “the old run stays”', async () => {
    const rival = await team('Rival')
    const [own, other] = [await scored(20), await scored(18, rival)]
    const { id } = await start()
    await scoreAs(service, (await shadow(own)).id, { correct: 15 })
    expect((await teacher.get(`${url}/${id}`)).json()).toMatchObject({
      state: 'running',
      runs: { total: 2, finished: 1, failed: 0 },
    })
    await scoreAs(service, (await shadow(other)).id, { correct: 18 })

    const ready = (await teacher.get(`${url}/${id}`)).json()
    expect(ready).toMatchObject({
      state: 'ready',
      submissions: [
        {
          submissionId: own,
          before: { public: { correct: 20 } },
          after: { public: { correct: 15 } },
          differences: ['counts'],
          // The first 20 of 30 images were right, now it is the first 15.
          images: { lost: 5, gained: 0 },
        },
        { submissionId: other, differences: [], images: { lost: 0, gained: 0 } },
      ],
      ranking: [
        { name: 'Rival', before: { rank: 2, value: 18 }, after: { rank: 1, value: 18 } },
        { name: 'Hana', before: { rank: 1, value: 20 }, after: { rank: 2, value: 15 } },
      ],
    })
    expect(await correctOf(own)).toBe(20)

    const old = await service.prisma.scoringRun.findFirstOrThrow({ where: { submissionId: own, live: true } })
    const live = await teacher.post(`${url}/${id}/make-live`)
    expect(live.json()).toMatchObject({ state: 'live', ranking: ready.ranking })
    expect(await correctOf(own)).toBe(15)
    const shown = (await student.get(`/api/submissions/${own}`)).json()
    expect(shown.run.madeLiveAt).toBe(live.json().endedAt)
    expect((await student.get(`/api/submissions/${own}/receipt`)).json().rescoredAt).toBe(live.json().endedAt)
    expect(await service.prisma.scoringRun.findUniqueOrThrow({ where: { id: old.id } })).toMatchObject({
      status: 'SCORED',
      live: false,
      replacedAt: new Date(live.json().endedAt),
    })
    const { runs } = (await teacher.get(`/api/submissions/${own}/runs`)).json()
    expect(
      runs.map((run: { live: boolean; public: { correct: number } }) => [run.live, run.public.correct]),
    ).toEqual([
      [true, 15],
      [false, 20],
    ])
    const events = await service.prisma.auditEvent.findMany({
      where: { subjectId: id },
      orderBy: { at: 'asc' },
    })
    expect(events.map(({ action }) => action)).toEqual(['rescore.start', 'rescore.make-live'])
  })

  it('of a published round gives its standings a new version with “make live”', async () => {
    const own = await scored(20)
    const { id } = await start()
    await scoreAs(service, (await shadow(own)).id, { correct: 15 })
    await teacher.post(`/api/rounds/${round.slug}/close`)
    expect((await teacher.post(`/api/rounds/${round.slug}/publish`, {})).statusCode).toBe(200)
    const versions = () => service.prisma.standings.count({ where: { roundId: round.id } })
    expect(await versions()).toBe(1)
    expect((await teacher.post(`${url}/${id}/make-live`)).statusCode).toBe(200)
    expect(await versions()).toBe(2)
  })

  it('takes in what is scored while it goes on', async () => {
    const first = await scored(20)
    const { id } = await start()
    await scoreAs(service, (await shadow(first)).id, { correct: 20 })
    const late = await insertQueuedRun(service.prisma, round, await team('Late'))
    await scoreAs(service, late.runId, { correct: 7 })
    expect((await teacher.get(`${url}/${id}`)).json()).toMatchObject({
      state: 'running',
      runs: { total: 2, finished: 1 },
    })
    await scoreAs(service, (await shadow(late.id)).id, { correct: 7 })
    expect((await teacher.post(`${url}/${id}/make-live`)).json().state).toBe('live')
  })

  it('on another dataset moves the round to it, and lets what is not finished begin anew there', async () => {
    const done = await scored(20)
    const dataset = await seedDataset(service, 10, 20)
    const { id } = await start({ datasetId: dataset.id })
    const run = await shadow(done)
    expect(run).toMatchObject({ datasetId: dataset.id, imagesTotal: 200 })
    await scoreAs(service, run.id, { correct: 21 })

    const queued = await insertQueuedRun(service.prisma, round, entryId)
    const running = await insertQueuedRun(service.prisma, round, await team('Running'))
    const claim = (await claimRun(service.prisma, { runId: running.runId, engines: wasmOnly }))?.claim
    if (claim === undefined) throw new Error('the run can be claimed')
    const live = await teacher.post(`${url}/${id}/make-live`)
    expect(live.json().submissions[0]).toMatchObject({ differences: ['dataset', 'counts'], images: null })
    expect((await student.get(`/api/rounds/${round.slug}`)).json().dataset.id).toBe(dataset.id)
    for (const { id: submissionId, runId } of [queued, running]) {
      expect(
        await service.prisma.scoringRun.findUniqueOrThrow({
          where: { id: runId },
          include: { submission: true },
        }),
      ).toMatchObject({
        datasetId: dataset.id,
        imagesTotal: 200,
        status: 'QUEUED',
        attempt: 0,
        submission: { id: submissionId, status: 'QUEUED' },
      })
    }
    expect(await recordProgress(service.prisma, claim, 1)).toBe(false)
  })

  it('“a new pin is a shadow rescore of all”: its engine scores the shadow, and the round once it is live', async () => {
    const done = await scored(20)
    const { id } = await start({ engine: 'tensorflow' })
    const run = await shadow(done)
    expect(await claimRun(service.prisma, { runId: run.id, engines: wasmOnly })).toBeNull()
    const meanwhile = await insertQueuedRun(service.prisma, round, await team('Meanwhile'))
    expect(await scoreAs(service, meanwhile.runId, { correct: 3, engines: withTensorflow })).toBe('wasm')
    expect(await scoreAs(service, run.id, { correct: 20, engines: withTensorflow })).toBe('tensorflow')
    await scoreAs(service, (await shadow(meanwhile.id)).id, { correct: 3, engines: withTensorflow })

    const live = await teacher.post(`${url}/${id}/make-live`)
    expect(live.json().submissions[0]).toMatchObject({
      before: { engine: 'wasm' },
      after: { engine: 'tensorflow' },
      differences: ['engine'],
    })
    const pins = await service.prisma.enginePin.findMany({
      where: { roundId: round.id },
      orderBy: { family: 'asc' },
    })
    expect(pins.map(({ family, engine }) => [family, engine])).toEqual([
      ['graph', 'tensorflow'],
      ['layers', 'tensorflow'],
    ])
    const next = await insertQueuedRun(service.prisma, round, await team('Next'))
    expect(await claimRun(service.prisma, { runId: next.runId, engines: wasmOnly })).toBeNull()
  })

  it('can be abandoned: what is not finished ends, what was scored counts for nothing', async () => {
    const [first, second] = [await scored(20), await scored(10)]
    const { id } = await start()
    await scoreAs(service, (await shadow(first)).id, { correct: 1 })
    const run = await shadow(second)
    const claim = (await claimRun(service.prisma, { runId: run.id, engines: wasmOnly }))?.claim
    if (claim === undefined) throw new Error('the run can be claimed')
    expect((await teacher.post(`${url}/${id}/abandon`)).json().state).toBe('abandoned')
    expect(await recordProgress(service.prisma, claim, 1)).toBe(false)
    expect(await shadow(second)).toMatchObject({ status: 'CANCELLED', live: false })
    expect(await correctOf(first)).toBe(20)
    for (const action of ['make-live', 'abandon']) {
      expect(outcome(await teacher.post(`${url}/${id}/${action}`))).toEqual([409, 'RESCORE_ENDED'])
    }
    expect((await teacher.get(url)).json().rescores).toMatchObject([{ id, state: 'abandoned' }])
  })

  it('does not go live unfinished, or with a run that the system failed', async () => {
    const [first, second] = [await scored(20), await scored(10)]
    const { id } = await start()
    await scoreAs(service, (await shadow(first)).id, { correct: 20 })
    const early = await teacher.post(`${url}/${id}/make-live`)
    expect(early.json()).toMatchObject({ code: 'RESCORE_UNFINISHED', params: { count: 1 } })
    const claimed = await claimRun(service.prisma, { runId: (await shadow(second)).id, engines: wasmOnly })
    if (claimed === null) throw new Error('the run can be claimed')
    await finishUnscored(service.prisma, claimed.claim, 'FAILED', { code: 'SCORING_INTERRUPTED', params: {} })
    const failed = await teacher.post(`${url}/${id}/make-live`)
    expect(failed.json()).toMatchObject({ code: 'RESCORE_FAILED', params: { count: 1 } })
    expect(await service.prisma.submission.findUniqueOrThrow({ where: { id: second } })).toMatchObject({
      status: 'SCORED',
      quotaReturned: false,
    })
  })

  it('is refused where there is nothing to score, another is open, or the dataset is of another kind', async () => {
    expect(outcome(await teacher.post(url, {}))).toEqual([409, 'RESCORE_NOTHING'])
    await scored(20)
    const other = await seedDataset(service, 5)
    expect(outcome(await teacher.post(url, { datasetId: other.id }))).toEqual([
      409,
      'RESCORE_DATASET_MISMATCH',
    ])
    expect(outcome(await teacher.post(url, { datasetId: crypto.randomUUID() }))).toEqual([404, 'NOT_FOUND'])
    expect((await teacher.post(url, { engine: 'abacus' })).statusCode).toBe(400)
    await start()
    expect(outcome(await teacher.post(url, {}))).toEqual([409, 'RESCORE_OPEN'])
  })
})

it('one submission can be rescored alone', async () => {
  const [first, second] = [await scored(20), await scored(10)]
  const started = await teacher.post(`/api/submissions/${first}/rescore`)
  expect(started.json()).toMatchObject({ submissionId: first, state: 'running', runs: { total: 1 } })
  await scoreAs(service, (await shadow(first)).id, { correct: 19 })
  expect((await teacher.post(`${url}/${started.json().id}/make-live`)).statusCode).toBe(200)
  expect([await correctOf(first), await correctOf(second)]).toEqual([19, 10])
  const { id: waiting } = await insertQueuedRun(service.prisma, round, entryId)
  expect(outcome(await teacher.post(`/api/submissions/${waiting}/rescore`))).toEqual([
    409,
    'SUBMISSION_NOT_SCORED',
  ])
})

it('is for instructors alone', async () => {
  const id = await scored(20)
  const rescore = `${url}/${(await start()).id}`
  const requests = [
    ['POST', url],
    ['GET', url],
    ['GET', rescore],
    ['POST', `${rescore}/make-live`],
    ['POST', `${rescore}/abandon`],
    ['POST', `/api/submissions/${id}/rescore`],
    ['GET', `/api/submissions/${id}/runs`],
  ] as const
  const visitor = new TestClient(service.app)
  for (const [method, path] of requests) {
    const body = method === 'POST' && path === url ? {} : undefined
    expect(outcome(await student.request(method, path, body)), path).toEqual([403, 'FORBIDDEN'])
    expect(outcome(await visitor.request(method, path, body)), path).toEqual([401, 'UNAUTHENTICATED'])
  }
  const elsewhere = (await seedRound(service)).slug
  const foreign = rescore.replace(round.slug, elsewhere)
  expect((await teacher.get(foreign)).statusCode).toBe(404)
  expect((await teacher.post(`${foreign}/make-live`)).statusCode).toBe(404)
})
