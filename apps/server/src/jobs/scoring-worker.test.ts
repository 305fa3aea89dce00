import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { inflateSync } from 'node:zlib'
import pino from 'pino'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../test/test-database.ts'
import { type Config, readConfig } from '../config.ts'
import { cancelSubmission } from '../features/submissions/submissions.service.ts'
import type { PrismaClient, Round } from '../generated/prisma/client.ts'
import { type BlobStore, fileBlobStore } from '../platform/blob-store.ts'
import { createPrisma } from '../platform/prisma.ts'
import { createQueueBackend } from '../platform/queue.ts'
import { scoringQueueName } from './catalogue.ts'
import { createScoringQueue, type ScoringQueue } from './scoring-queue.ts'
import { type ScoringWorker, startScoringWorker } from './scoring-worker.ts'
import { seedEntry, seedRound, submit } from './test-fixtures.ts'
import {
  brightPixel,
  brightPixelImages,
  brightPixelModel,
  brightPixelOnnx,
  maskedModel,
  overflowingModel,
  slowModel,
} from './test-models.ts'

const logger = pino({ level: 'silent' })
/** Long enough for a busy machine; every wait ends as soon as its condition holds. */
const patience = { timeout: 60_000, interval: 50 }
const testTimeoutMs = 120_000

let database: TestDatabase
let prisma: PrismaClient
let dataDir: string
let blobs: BlobStore
let queue: ScoringQueue
let config: Config
let worker: ScoringWorker | null = null
let round: Round
let entryId: string

beforeAll(async () => {
  database = await createTestDatabase()
  prisma = createPrisma(database.url)
  dataDir = await mkdtemp(join(tmpdir(), 'taikai-worker-'))
  blobs = fileBlobStore(join(dataDir, 'blobs'))
  config = readConfig({
    DATA_DIR: dataDir,
    DATABASE_URL: database.url,
    AUTH_SECRET: 'x'.repeat(64),
    SCORING_ENGINE: 'wasm',
    SCORING_CONCURRENCY: '2',
  })
  queue = await createScoringQueue(config, logger)
})
afterAll(async () => {
  await queue.close()
  await prisma.$disconnect()
  await database.drop()
  await rm(dataDir, { recursive: true, force: true })
})
beforeEach(async () => {
  round = await seedRound({ prisma, blobs }, { ...brightPixel, ...brightPixelImages(12) })
  entryId = await seedEntry(prisma, round.id, 'team')
})
afterEach(async () => {
  await worker?.close(0)
  worker = null
})

const start = async () => {
  worker = await startScoringWorker({ config, prisma, blobs, queue, logger })
}
const send = (model = brightPixelModel(), entry = entryId, to = round) =>
  submit({ prisma, blobs, queue, dataDir }, { round: to, entryId: entry, model })
const runOf = (id: string) =>
  prisma.scoringRun.findFirstOrThrow({
    where: { submissionId: id },
    include: { submission: true, scores: { orderBy: { split: 'asc' } } },
  })
const hasStatus = (id: string, status: string) =>
  vi.waitFor(async () => expect((await runOf(id)).submission.status).toBe(status), patience)
/** A round whose images keep the slow model busy for seconds. */
async function slowRound(count = 1500) {
  const labels = Uint8Array.from({ length: count }, (_, image) => image % 3)
  const images = Uint8Array.from({ length: count * 3072 }, (_, index) => (index * 7) % 256)
  const shape = { height: 32, width: 32, channels: 3, classNames: ['a', 'b', 'c'] }
  const slow = await seedRound({ prisma, blobs }, { ...shape, images, labels })
  return { slow, entry: await seedEntry(prisma, slow.id, 'team') }
}

describe('a submission', { timeout: testTimeoutMs }, () => {
  it('is scored once, on both splits, with its raw outputs kept', async () => {
    const { id } = await send()
    await start()
    await hasStatus(id, 'SCORED')
    const run = await runOf(id)
    expect(run).toMatchObject({
      status: 'SCORED',
      attempt: 1,
      imagesDone: 12,
      imagesTotal: 12,
      engine: 'wasm',
    })
    expect(run.splitId).toMatch(/^[0-9a-f]{64}$/)
    // Four images of each class, two of each in either split; class 2 is taken for class 0.
    const counts = {
      correct: 4,
      total: 6,
      perClassCorrect: [2, 2, 0],
      perClassTotal: [2, 2, 2],
      confusionMatrix: [2, 0, 0, 0, 2, 0, 2, 0, 0],
    }
    expect(run.scores).toMatchObject([
      { split: 'PUBLIC', ...counts },
      { split: 'PRIVATE', ...counts },
    ])
    const raw = inflateSync(await blobs.readBytes(run.outputsBlob ?? ''))
    const outputs = new Float32Array(new Uint8Array(raw).buffer)
    expect(outputs).toHaveLength(12 * 3)
    // softmax of (5, 0, 0)
    const [top, rest] = [Math.exp(5) / (Math.exp(5) + 2), 1 / (Math.exp(5) + 2)]
    for (const [index, value] of [top, rest, rest].entries()) expect(outputs[index]).toBeCloseTo(value, 5)
  })

  it('of another family is scored by the engine of that family', async () => {
    const { id } = await send(brightPixelOnnx())
    await start()
    await hasStatus(id, 'SCORED')
    const run = await runOf(id)
    expect(run).toMatchObject({
      engine: 'onnxruntime',
      submission: { format: 'onnx', parameters: 12, macs: 12n },
    })
    expect(run.scores).toMatchObject([
      { split: 'PUBLIC', correct: 4, total: 6, perClassCorrect: [2, 2, 0] },
      { split: 'PRIVATE', correct: 4, total: 6, perClassCorrect: [2, 2, 0] },
    ])
  })

  it('whose outputs are not finite is rejected by name, without a score', async () => {
    const { id } = await send(overflowingModel())
    await start()
    await hasStatus(id, 'REJECTED')
    expect(await runOf(id)).toMatchObject({ attempt: 1, reasonCode: 'OUTPUT_NOT_FINITE', scores: [] })
  })

  it('that the system fails to score is tried three times, then FAILED, which is not the model’s fault', async () => {
    const { hiddenImagesBlob } = await prisma.dataset.findUniqueOrThrow({ where: { id: round.datasetId } })
    await blobs.remove(hiddenImagesBlob)
    const { id } = await send()
    await start()
    await hasStatus(id, 'FAILED')
    expect(await runOf(id)).toMatchObject({ attempt: 3, reasonCode: 'SCORING_INTERRUPTED', scores: [] })
  })

  it('never runs beside another of its entry, and the held ones follow', async () => {
    const sent = [await send(), await send(), await send()]
    await start()
    for (const { id } of sent) await hasStatus(id, 'SCORED')
    const runs = await Promise.all(sent.map(({ id }) => runOf(id)))
    const spans = runs
      .map((run) => ({ from: Number(run.startedAt), to: Number(run.finishedAt) }))
      .sort((a, b) => a.from - b.from)
    for (const [index, span] of spans.slice(1).entries()) {
      expect(span.from).toBeGreaterThanOrEqual(spans[index]?.to ?? Number.POSITIVE_INFINITY)
    }
    expect(runs.map((run) => run.attempt)).toEqual([1, 1, 1])
  })

  it('of a round that is pinned to another engine waits, whatever this worker scores meanwhile', async () => {
    const waiting = await send()
    const pin = { roundId: round.id, family: 'layers' }
    await prisma.enginePin.create({ data: { ...pin, engine: 'tensorflow' } })
    const other = await seedRound({ prisma, blobs }, { ...brightPixel, ...brightPixelImages(12) })
    const scored = await send(undefined, await seedEntry(prisma, other.id, 'team'), other)
    await start()
    await hasStatus(scored.id, 'SCORED')
    expect(await runOf(waiting.id)).toMatchObject({ status: 'QUEUED', attempt: 0, reasonCode: null })
    await prisma.enginePin.update({ where: { roundId_family: pin }, data: { engine: 'wasm' } })
    await hasStatus(waiting.id, 'SCORED')
  })

  it('of a round that is pinned to ONNX Runtime runs there, and on wasm where it cannot be translated', async () => {
    await prisma.enginePin.create({ data: { roundId: round.id, family: 'layers', engine: 'onnxruntime' } })
    const sent = [await send(), await send(maskedModel())]
    await start()
    for (const { id } of sent) await hasStatus(id, 'SCORED')
    const runs = await Promise.all(sent.map(({ id }) => runOf(id)))
    expect(runs).toMatchObject([
      { engine: 'onnxruntime', engineNote: null },
      { engine: 'wasm', engineNote: 'NOT_TRANSLATABLE' },
    ])
    // Both are right about the first two of three classes.
    expect(runs.map(({ scores }) => scores.map(({ correct }) => correct))).toEqual([
      [4, 4],
      [4, 4],
    ])
  })

  it('is found again when the queue has lost it', async () => {
    const { id } = await send()
    const backend = createQueueBackend(config)
    const inspector = new backend.Queue(scoringQueueName, backend.options)
    await inspector.drain()
    expect(await inspector.getJobCounts('waiting', 'active')).toEqual({ waiting: 0, active: 0 })
    await inspector.close()
    await start()
    await hasStatus(id, 'SCORED')
  })

  const nobody = { id: null, ipAddress: null }

  it('that is cancelled while queued is never run', async () => {
    const { id } = await send()
    const viewer = { id: 'instructor', role: 'INSTRUCTOR' as const }
    await cancelSubmission(prisma, nobody, { id, viewer, now: new Date() })
    await start()
    const after = await send()
    await hasStatus(after.id, 'SCORED')
    expect(await runOf(id)).toMatchObject({ status: 'CANCELLED', attempt: 0, scores: [] })
  })

  it('that is cancelled while running is stopped, and makes room for the next', async () => {
    const { slow, entry } = await slowRound()
    const first = await send(slowModel(), entry, slow)
    await start()
    await vi.waitFor(async () => expect((await runOf(first.id)).imagesDone).toBeGreaterThan(0), patience)
    const second = await send(slowModel(), entry, slow)
    const viewer = { id: 'instructor', role: 'INSTRUCTOR' as const }
    await cancelSubmission(prisma, nobody, { id: first.id, viewer, now: new Date() })
    await vi.waitFor(async () => expect((await runOf(second.id)).status).toBe('RUNNING'), patience)
    const cancelled = await runOf(first.id)
    expect(cancelled).toMatchObject({ status: 'CANCELLED', scores: [], outputsBlob: null })
    expect(cancelled.imagesDone).toBeLessThan(cancelled.imagesTotal)
  })

  it('in the middle of a run when its worker is told to stop goes back to the queue at no cost', async () => {
    const { slow, entry } = await slowRound(400)
    const { id } = await send(slowModel(), entry, slow)
    await start()
    await vi.waitFor(async () => expect((await runOf(id)).imagesDone).toBeGreaterThan(0), patience)
    await worker?.close(0)
    worker = null
    expect(await runOf(id)).toMatchObject({ status: 'QUEUED', attempt: 0, submission: { status: 'QUEUED' } })
    await start()
    await hasStatus(id, 'SCORED')
    expect(await runOf(id)).toMatchObject({ attempt: 1, imagesDone: 400 })
  })
})

it('a worker registers, tells that it lives and what it runs, and says when it has stopped', {
  timeout: testTimeoutMs,
}, async () => {
  const { slow, entry } = await slowRound(400)
  const { id } = await send(slowModel(), entry, slow)
  await prisma.worker.deleteMany()
  await start()
  const registered = await prisma.worker.findFirstOrThrow()
  expect(registered).toMatchObject({
    host: hostname(),
    pid: process.pid,
    preferred: { layers: 'wasm', graph: 'wasm', onnx: 'onnxruntime' },
    concurrency: 2,
    stoppedAt: null,
  })
  await vi.waitFor(async () => expect((await runOf(id)).status).toBe('RUNNING'), patience)
  expect((await runOf(id)).workerId).toBe(registered.id)

  const old = new Date(Date.now() - 3_600_000)
  await prisma.worker.updateMany({ data: { heartbeatAt: old } })
  await vi.waitFor(async () => {
    const { heartbeatAt } = await prisma.worker.findFirstOrThrow()
    expect(heartbeatAt.getTime()).toBeGreaterThan(old.getTime())
  }, patience)

  await worker?.close(0)
  worker = null
  const { stoppedAt } = await prisma.worker.findFirstOrThrow()
  expect(stoppedAt).not.toBeNull()
  expect((await runOf(id)).status).toBe('QUEUED')
})

it('a worker removes at its start what was stored for rows that never came', async () => {
  const kept = await send()
  const orphan = crypto.randomUUID()
  await blobs.put(`submissions/${orphan}/0`, new Uint8Array([1]))
  await blobs.put(`outputs/${orphan}/1`, new Uint8Array([1]))
  await start()
  await hasStatus(kept.id, 'SCORED')
  const run = await runOf(kept.id)
  const stored = async (prefix: string) => {
    const keys: string[] = []
    for await (const key of blobs.list(prefix)) keys.push(key)
    return keys
  }
  const submissions = await stored('submissions/')
  expect(submissions).toEqual(
    expect.arrayContaining([`submissions/${kept.id}/0`, `submissions/${kept.id}/1`]),
  )
  expect(submissions.some((key) => key.includes(orphan))).toBe(false)
  const outputs = await stored('outputs/')
  expect(outputs).toContain(run.outputsBlob)
  expect(outputs.some((key) => key.includes(orphan))).toBe(false)
})

it('what inspection refuses leaves neither row nor file', async () => {
  const before = (await readdir(join(dataDir, 'blobs'), { recursive: true })).length
  const [json] = brightPixelModel()
  if (json === undefined) throw new Error('the model has a model.json')
  await expect(send([json])).rejects.toMatchObject({ code: 'MODEL_FILES_MISSING' })
  expect(await prisma.submission.count({ where: { entryId } })).toBe(0)
  expect(await readdir(join(dataDir, 'blobs'), { recursive: true })).toHaveLength(before)
})
