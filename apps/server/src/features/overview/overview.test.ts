import { overviewSchema } from '@taikai/shared/wire/overview'
import { afterAll, beforeEach, expect, it } from 'vitest'
import { buildTestApp, type TestApp } from '../../../test/build-test-app.ts'
import type { Round } from '../../generated/prisma/client.ts'
import { TestClient } from '../../http/test-client.ts'
import { insertScored, registeredStudent, seedRound, signedInInstructor } from '../../http/test-data.ts'
import { claimRun, recordProgress } from '../../jobs/runs.repository.ts'
import { insertQueuedRun, seedEntry, wasmOnly } from '../../jobs/test-fixtures.ts'
import { insertWorker, silence } from '../../jobs/test-workers.ts'
import { writeStopped } from '../../jobs/workers.repository.ts'

/** The service's clock; it goes on by itself only in the database. */
let now = new Date()
const minutesAgo = (minutes: number) => new Date(now.getTime() - minutes * 60_000)

let service: TestApp
let instructor: TestClient
let round: Round
beforeEach(async () => {
  await service?.close()
  now = new Date()
  service = await buildTestApp({ now: () => now })
  instructor = await signedInInstructor(service)
  round = await seedRound(service, { title: 'CNN', opensAt: minutesAgo(3000) })
})
afterAll(async () => {
  await service.close()
})

async function read() {
  const response = await instructor.get('/api/overview')
  expect(response.statusCode, response.body).toBe(200)
  return overviewSchema.parse(response.json())
}
const codes = async () => (await read()).warnings.map(({ code }) => code)
const newEntry = (name: string) => seedEntry(service.prisma, round.id, name)
async function insertFinished(entryId: string, arrivedMinutesAgo: number, seconds: number) {
  const receivedAt = minutesAgo(arrivedMinutesAgo)
  const score = { correct: 1, total: 30, top5Correct: 1 }
  const id = await insertScored(service, { round, entryId, receivedAt, public: score })
  const startedAt = new Date(receivedAt.getTime() - seconds * 1000)
  await service.prisma.scoringRun.updateMany({ where: { submissionId: id }, data: { startedAt } })
  return id
}

it('is for instructors', async () => {
  const student = await registeredStudent(service, round)
  expect((await student.get('/api/overview')).json()).toMatchObject({ status: 403, code: 'FORBIDDEN' })
  const visitor = new TestClient(service.app)
  expect((await visitor.get('/api/overview')).json()).toMatchObject({ status: 401, code: 'UNAUTHENTICATED' })
})

it('counts rounds, arrivals and the queue', async () => {
  const { prisma } = service
  const [a, b] = [await newEntry('Team A'), await newEntry('Team B')]
  // Three results that took 10, 60 and 20 seconds: half took no more than 20.
  await insertFinished(a, 30, 10)
  await insertFinished(b, 90, 60)
  await insertFinished(b, 119, 20)
  await insertFinished(b, 23 * 60 + 30, 20)
  const old = await insertFinished(b, 24 * 60 + 30, 20)
  await prisma.scoringRun.updateMany({ where: { submissionId: old }, data: { startedAt: null } })

  const workerId = await insertWorker(prisma, { concurrency: 2 })
  await insertWorker(prisma, { concurrency: 8 }, 60)
  const running = await insertQueuedRun(prisma, round, a)
  const claimed = await claimRun(prisma, { runId: running.runId, engines: wasmOnly, workerId })
  if (claimed === null) throw new Error('the run can be claimed')
  await recordProgress(prisma, claimed.claim, 40)
  await insertQueuedRun(prisma, round, a)
  const oldest = await insertQueuedRun(prisma, round, b)
  await insertQueuedRun(prisma, round, b)
  await prisma.scoringRun.update({
    where: { id: oldest.runId },
    data: { createdAt: new Date(Date.now() - 90_000) },
  })
  await prisma.submission.updateMany({
    where: { status: { in: ['QUEUED', 'RUNNING'] } },
    data: { receivedAt: minutesAgo(1) },
  })

  const overview = await read()
  expect(overview.rounds).toMatchObject([
    { slug: round.slug, title: 'CNN', state: 'open', nextDate: null, submissions: 9, submissionsLastHour: 5 },
  ])
  const perHour = Array.from({ length: 24 }, () => 0)
  perHour[23] = 5
  perHour[22] = 2
  perHour[0] = 1
  expect(overview.submissionsPerHour).toEqual(perHour)
  // Three wait, 20 seconds each, and two are scored at once by the one worker that answers.
  expect(overview.queue).toMatchObject({ waiting: 3, held: 1, running: 1, failedLastDay: 0 })
  expect(overview.queue.expectedWaitSeconds).toBeCloseTo(30, 6)
  expect(overview.queue.oldestWaitingSeconds).toBeGreaterThanOrEqual(90)
  expect(overview.queue.oldestWaitingSeconds).toBeLessThan(150)
  expect(overview.workers).toMatchObject([
    {
      id: workerId,
      state: 'live',
      host: 'lab-1',
      engines: [{ name: 'wasm', version: 'tfjs-backend-wasm 4.22.0' }],
      preferredEngine: 'wasm',
      sameVersion: true,
      imagesPerSecond: null,
      running: [
        {
          submissionId: running.id,
          roundTitle: 'CNN',
          entryName: 'Team A',
          rescore: false,
          imagesDone: 40,
          imagesTotal: 100,
        },
      ],
    },
    { state: 'silent', running: [] },
  ])
})

it('expects no certain wait before anything was scored, nor without a worker', async () => {
  const entryId = await newEntry('Team A')
  await insertQueuedRun(service.prisma, round, entryId)
  expect((await read()).queue).toMatchObject({ waiting: 1, expectedWaitSeconds: null })
  await insertFinished(entryId, 30, 10)
  expect((await read()).queue.expectedWaitSeconds).toBeNull()
  await insertWorker(service.prisma)
  expect((await read()).queue.expectedWaitSeconds).toBeCloseTo(10, 6)
})

it.each<[what: string, dates: Partial<Round>, nextDate: unknown]>([
  ['draft', { opensAt: null }, null],
  ['scheduled', { opensAt: minutesAgo(-30), closesAt: minutesAgo(-60) }, { kind: 'opens', minutes: 30 }],
  ['open', { freezesAt: minutesAgo(-50), closesAt: minutesAgo(-60) }, { kind: 'freezes', minutes: 50 }],
  ['frozen', { freezesAt: minutesAgo(50), closesAt: minutesAgo(-60) }, { kind: 'closes', minutes: 60 }],
  ['closed', { closesAt: minutesAgo(1), freezesAt: minutesAgo(-60) }, null],
])('the next date of a round: %s', async (state, dates, expected) => {
  await service.prisma.round.update({ where: { id: round.id }, data: dates })
  const [shown] = (await read()).rounds
  expect(shown?.state).toBe(state)
  const next = shown?.nextDate ?? null
  const minutes = next && Math.round((new Date(next.at).getTime() - now.getTime()) / 60_000)
  expect(next && { kind: next.kind, minutes }).toEqual(expected)
})

it('gives each worker the speed of the run that it finished last', async () => {
  const { prisma } = service
  const workerId = await insertWorker(prisma)
  const entryId = await newEntry('Team A')
  for (const [minutes, imagesPerSecond] of [
    [30, 900],
    [10, 1200],
    [60, 100],
  ] as const) {
    const id = await insertFinished(entryId, minutes, 10)
    await prisma.scoringRun.updateMany({ where: { submissionId: id }, data: { workerId, imagesPerSecond } })
  }
  expect((await read()).workers).toMatchObject([{ id: workerId, imagesPerSecond: 1200 }])
})

it('measures disk, files and database', async () => {
  const { prisma } = service
  const { submissionId } = await prisma.scoringRun.findFirstOrThrow({
    where: { submissionId: await insertFinished(await newEntry('Team A'), 30, 10) },
  })
  const file = { submissionId, name: 'model.json', sha256: '0'.repeat(64), blobKey: 'submissions/x/0' }
  await prisma.submissionFile.create({ data: { ...file, position: 0, bytes: 5000 } })
  const { storage } = await read()
  // 100 hidden images of one pixel, as many labels, and the model.
  expect(storage.filesBytes).toBe(5200)
  expect(storage.databaseBytes).toBeGreaterThan(1_000_000)
  expect(storage.diskTotalBytes).toBeGreaterThan(storage.diskFreeBytes)

  // Another version that shares its training images with a third; hidden blobs are its own.
  const { id: _, ...dataset } = await prisma.dataset.findUniqueOrThrow({ where: { id: round.datasetId } })
  for (const version of [2, 3]) {
    const hidden = { hiddenImagesBlob: `test/${version}/images`, hiddenLabelsBlob: `test/${version}/labels` }
    const train = {
      trainCount: 50,
      trainImagesBlob: 'test/train/images',
      trainLabelsBlob: 'test/train/labels',
    }
    await prisma.dataset.create({
      data: { ...dataset, ...hidden, ...train, version, importNotes: [], trainStatistics: {} },
    })
  }
  expect((await read()).storage.filesBytes).toBe(5200 + 2 * 200 + 100)
})

it('warns of a worker that falls silent, with what waits, and no more once it is back', async () => {
  const { prisma } = service
  const id = await insertWorker(prisma)
  await insertQueuedRun(prisma, round, await newEntry('Team A'))
  now = new Date(now.getTime() + 121_000) // the server has been up for two minutes
  expect(await codes()).toEqual([])
  await silence(prisma, id, 121)
  expect((await read()).warnings).toEqual([{ code: 'NO_WORKER_RUNS_WAITING', params: { waiting: 1 } }])
  expect((await read()).workers).toMatchObject([{ state: 'silent' }])
  await silence(prisma, id, 0)
  expect(await codes()).toEqual([])
  await writeStopped(prisma, id)
  expect((await read()).workers).toMatchObject([{ state: 'stopped' }])
})

it('warns of a round whose engine no worker has, once something waits for it', async () => {
  const { prisma } = service
  await insertWorker(prisma)
  await prisma.enginePin.create({ data: { roundId: round.id, family: 'layers', engine: 'tensorflow' } })
  expect(await codes()).toEqual([])
  await insertQueuedRun(prisma, round, await newEntry('Team A'))
  const params = { slug: round.slug, title: 'CNN', engine: 'tensorflow', waiting: 1 }
  expect((await read()).warnings).toEqual([{ code: 'ENGINE_MISSING', params }])
  await insertWorker(prisma, { engines: [{ name: 'tensorflow', version: '4.22' }] })
  expect(await codes()).toEqual([])
})

it('warns that ONNX models wait for ONNX Runtime', async () => {
  const { prisma } = service
  await insertWorker(prisma)
  const { id } = await insertQueuedRun(prisma, round, await newEntry('Team A'))
  await prisma.submission.update({ where: { id }, data: { format: 'onnx' } })
  expect((await read()).warnings).toMatchObject([
    { code: 'ENGINE_MISSING', params: { engine: 'onnxruntime' } },
  ])
})

it('warns of failed runs of the last day, and of a closed round that is not done', async () => {
  const { prisma } = service
  await insertWorker(prisma)
  const entryId = await newEntry('Team A')
  const failed: string[] = []
  for (const minutes of [10, 200, 24 * 60 + 1]) {
    const { id, runId } = await insertQueuedRun(prisma, round, entryId)
    failed.push(id)
    const data = {
      ...{ status: 'FAILED' as const, finishedAt: minutesAgo(minutes) },
      ...{ reasonCode: 'SCORING_INTERRUPTED', reasonParams: {} },
    }
    await prisma.scoringRun.update({ where: { id: runId }, data })
    await prisma.submission.update({ where: { id }, data: { status: 'FAILED' } })
  }
  await insertQueuedRun(prisma, round, entryId)
  await prisma.round.update({ where: { id: round.id }, data: { closesAt: minutesAgo(1) } })
  const { warnings, queue } = await read()
  expect(warnings).toEqual([
    { code: 'RUNS_FAILED', params: { count: 2, newestSubmissionId: failed[0] } },
    { code: 'ROUND_UNFINISHED', params: { slug: round.slug, title: 'CNN', unfinished: 1 } },
  ])
  expect(queue.failedLastDay).toBe(2)
})

it('warns of old backups until one is made', async () => {
  await insertWorker(service.prisma)
  await service.prisma.user.updateMany({ data: { createdAt: minutesAgo(50 * 60) } })
  expect(await codes()).toEqual(['BACKUP_NONE'])
  const made = await instructor.post('/api/backups')
  expect(made.statusCode, made.body).toBe(201)
  const { warnings, backups } = await read()
  expect(warnings).toEqual([])
  expect(backups).toEqual([made.json()])
})
