import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pino from 'pino'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { createTestBackend } from '../../test/test-backend.ts'
import { createTestDatabase, type TestDatabase } from '../../test/test-database.ts'
import type { PrismaClient, Round } from '../generated/prisma/client.ts'
import type { BlobStore } from '../platform/blob-store.ts'
import { openBlobStore } from '../platform/open-blob-store.ts'
import { createPrisma } from '../platform/prisma.ts'
import { createQueueBackend } from '../platform/queue.ts'
import { scoringQueueName } from './catalogue.ts'
import type { WorkerEngines } from './engine-pins.repository.ts'
import { type Claim, claimRun } from './runs.repository.ts'
import { createScoringQueue, type ScoringQueue } from './scoring-queue.ts'
import { sweep } from './sweep.ts'
import { insertQueuedRun, seedEntry, seedRound, wasmOnly } from './test-fixtures.ts'
import { brightPixel, brightPixelImages } from './test-models.ts'
import { insertWorker } from './test-workers.ts'

const logger = pino({ level: 'silent' })
const config = { scoringTimeoutMs: 60_000 }
let database: TestDatabase
let prisma: PrismaClient
let folder: string
let blobs: BlobStore
let queue: ScoringQueue
let inspector: {
  getJobCounts(type: 'waiting'): Promise<{ waiting?: number }>
  drain(): Promise<void>
  close(): Promise<void>
}
let round: Round

beforeAll(async () => {
  database = await createTestDatabase()
  prisma = createPrisma(database.url)
  folder = await mkdtemp(join(tmpdir(), 'taikai-sweep-'))
  const { redisUrl, s3 } = await createTestBackend()
  blobs = await openBlobStore({ s3, dataDir: folder })
  const queueConfig = { redisUrl, databaseUrl: database.url }
  queue = await createScoringQueue(queueConfig, logger)
  const backend = createQueueBackend(queueConfig)
  inspector = new backend.Queue(scoringQueueName, backend.options)
})
afterAll(async () => {
  await inspector.close()
  await queue.close()
  await prisma.$disconnect()
  await database.drop()
  await rm(folder, { recursive: true, force: true })
})
beforeEach(async () => {
  await prisma.scoringRun.deleteMany()
  await inspector.drain()
  round = await seedRound({ prisma, blobs }, { ...brightPixel, ...brightPixelImages(6) })
})

const native: WorkerEngines = {
  preferred: { layers: 'tensorflow', graph: 'tensorflow', onnx: null },
  runnable: ['tensorflow', 'wasm'],
}
const sweepNow = (engines = wasmOnly) => sweep({ config, prisma, queue, logger, engines })
const jobs = async () => (await inspector.getJobCounts('waiting')).waiting
const newRun = async (name: string) => {
  const entryId = await seedEntry(prisma, round.id, name)
  return { entryId, ...(await insertQueuedRun(prisma, round, entryId)) }
}
async function claim(runId: string): Promise<Claim> {
  const run = await claimRun(prisma, { runId, engines: wasmOnly })
  if (run === null) throw new Error('the run can be claimed')
  return run.claim
}
const ago = (ms: number) => new Date(Date.now() - ms)
const rowOf = (id: string) =>
  prisma.scoringRun.findUniqueOrThrow({ where: { id }, include: { submission: true } })

it('adds a job for each run that is queued in the database and has none, and adds nothing twice', async () => {
  await newRun('a')
  await sweepNow()
  await newRun('b')
  await sweepNow()
  await sweepNow()
  expect(await jobs()).toBe(2)

  await inspector.drain() // the queue loses everything behind our back
  expect(await jobs()).toBe(0)
  await sweepNow()
  expect(await jobs()).toBe(2)
})

it('adds one job for all runs of an entry, and none while one of them is running', async () => {
  const { entryId, runId } = await newRun('a')
  await insertQueuedRun(prisma, round, entryId)
  await sweepNow()
  expect(await jobs()).toBe(1)

  await inspector.drain()
  await claim(runId)
  await sweepNow()
  expect(await jobs()).toBe(0)
  await prisma.scoringRun.update({
    where: { id: runId },
    data: { status: 'CANCELLED', finishedAt: new Date() },
  })
  await sweepNow()
  expect(await jobs()).toBe(1)
})

it('takes a run back whose worker fell silent, and leaves one that gives signs of life', async () => {
  const silent = await newRun('a')
  const alive = await newRun('b')
  await claim(silent.runId)
  await claim(alive.runId)
  await prisma.scoringRun.update({ where: { id: silent.runId }, data: { heartbeatAt: ago(16_000) } })
  await prisma.scoringRun.update({ where: { id: alive.runId }, data: { heartbeatAt: ago(10_000) } })
  await sweepNow()
  expect(await rowOf(silent.runId)).toMatchObject({
    status: 'QUEUED',
    attempt: 1,
    submission: { status: 'QUEUED' },
  })
  expect(await rowOf(alive.runId)).toMatchObject({ status: 'RUNNING' })
  expect(await jobs()).toBe(1)
})

it('takes a run back that lasts beyond its limit and a minute, though its worker gives signs of life', async () => {
  const { runId } = await newRun('a')
  await claim(runId)
  await prisma.scoringRun.update({ where: { id: runId }, data: { startedAt: ago(120_000) } })
  await sweepNow()
  expect(await rowOf(runId)).toMatchObject({ status: 'QUEUED', attempt: 1 })
})

it('gives up after the third attempt', async () => {
  const { runId } = await newRun('a')
  for (const attempt of [1, 2, 3]) {
    expect((await claim(runId)).attempt).toBe(attempt)
    await prisma.scoringRun.update({ where: { id: runId }, data: { heartbeatAt: ago(16_000) } })
    await sweepNow()
  }
  expect(await rowOf(runId)).toMatchObject({
    status: 'FAILED',
    reasonCode: 'SCORING_INTERRUPTED',
    submission: { status: 'FAILED' },
  })
  await inspector.drain()
  await sweepNow()
  expect(await jobs()).toBe(0)
})

it('leaves runs to the workers that have their round’s engine, and says which engines are waited for', async () => {
  const pinned = await newRun('a')
  await prisma.enginePin.create({ data: { roundId: round.id, family: 'layers', engine: 'tensorflow' } })
  round = await seedRound({ prisma, blobs }, { ...brightPixel, ...brightPixelImages(6) })
  await newRun('b')

  expect(await sweepNow()).toEqual(['tensorflow'])
  expect(await jobs()).toBe(1)
  expect(await rowOf(pinned.runId)).toMatchObject({ status: 'QUEUED', attempt: 0 })

  await inspector.drain()
  expect(await sweepNow(native)).toEqual([])
  expect(await jobs()).toBe(2)
})

it('waits for no engine when no run of its rounds is queued', async () => {
  const { runId } = await newRun('a')
  await claimRun(prisma, { runId, engines: native })
  expect(await sweepNow()).toEqual([])
})

it('forgets workers that were silent for a week', async () => {
  const kept = await insertWorker(prisma, {}, 7 * 24 * 3600 - 60)
  await insertWorker(prisma, {}, 7 * 24 * 3600 + 60)
  await sweepNow()
  expect(await prisma.worker.findMany({ select: { id: true } })).toEqual([{ id: kept }])
})
