import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pino from 'pino'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../test/test-database.ts'
import type { PrismaClient, Round } from '../generated/prisma/client.ts'
import { buildScore } from '../http/test-data.ts'
import { type BlobStore, fileBlobStore } from '../platform/blob-store.ts'
import { EventHub, type ServerEvent } from '../platform/events.ts'
import { createPrisma } from '../platform/prisma.ts'
import type { WorkerEngines } from './engine-pins.repository.ts'
import {
  type Claim,
  claimRun,
  finishScored,
  finishUnscored,
  putBack,
  recordProgress,
} from './runs.repository.ts'
import { insertQueuedRun, seedEntry, seedRound, wasmOnly } from './test-fixtures.ts'
import { brightPixel, brightPixelImages } from './test-models.ts'

let database: TestDatabase
let prisma: PrismaClient
let folder: string
let blobs: BlobStore
let round: Round
let entryId: string

beforeAll(async () => {
  database = await createTestDatabase()
  prisma = createPrisma(database.url)
  folder = await mkdtemp(join(tmpdir(), 'taikai-runs-'))
  blobs = fileBlobStore(folder)
})
afterAll(async () => {
  await prisma.$disconnect()
  await database.drop()
  await rm(folder, { recursive: true, force: true })
})
beforeEach(async () => {
  round = await seedRound({ prisma, blobs }, { ...brightPixel, ...brightPixelImages(6) })
  entryId = await seedEntry(prisma, round.id, 'first')
})

const engine = 'wasm'
const native: WorkerEngines = {
  preferred: { layers: 'tensorflow', graph: 'tensorflow', onnx: 'onnxruntime' },
  runnable: ['tensorflow', 'wasm', 'onnxruntime'],
}
const claim = async (runId: string) => (await claimRun(prisma, { runId, engines: wasmOnly }))?.claim ?? null
const mustClaim = async (runId: string): Promise<Claim> => {
  const claimed = await claim(runId)
  if (claimed === null) throw new Error(`run ${runId} could not be claimed`)
  return claimed
}
const stateOf = async (runId: string) => {
  const { status, attempt, submission, ...run } = await prisma.scoringRun.findUniqueOrThrow({
    where: { id: runId },
    include: { submission: true, scores: true },
  })
  return {
    run: status,
    submission: submission.status,
    attempt,
    scores: run.scores.length,
    reason: run.reasonCode,
  }
}

const result = {
  engine,
  engineVersion: '1',
  scorerVersion: '1',
  splitId: 'a',
  imagesPerSecond: 1,
  imagesDone: 6,
  outputsBlob: null,
}
const splitScore = buildScore({ correct: 2, total: 3, top5Correct: 3 })
const scores = [
  { split: 'PUBLIC' as const, ...splitScore },
  { split: 'PRIVATE' as const, ...splitScore },
]

describe('a claim', () => {
  it('takes a queued run and pins its engine to the round for good', async () => {
    const { runId } = await insertQueuedRun(prisma, round, entryId)
    const run = await claimRun(prisma, { runId, engines: wasmOnly })
    expect(run?.claim).toMatchObject({ runId, attempt: 1 })
    expect(run?.engine).toBe('wasm')
    expect(await stateOf(runId)).toMatchObject({ run: 'RUNNING', submission: 'RUNNING', attempt: 1 })

    const other = await seedEntry(prisma, round.id, 'second')
    const later = await insertQueuedRun(prisma, round, other)
    const onOtherWorker = await claimRun(prisma, { runId: later.runId, engines: native })
    expect(onOtherWorker?.engine).toBe('wasm')
  })

  it('pins an engine for each family, and waits where the worker has none for it', async () => {
    const layers = await insertQueuedRun(prisma, round, entryId)
    const onnx = await insertQueuedRun(prisma, round, await seedEntry(prisma, round.id, 'second'))
    await prisma.scoringRun.update({
      where: { id: onnx.runId },
      data: { submission: { update: { format: 'onnx' } } },
    })
    expect((await claimRun(prisma, { runId: layers.runId, engines: wasmOnly }))?.engine).toBe('wasm')
    expect(await claim(onnx.runId)).toBeNull()
    expect(await stateOf(onnx.runId)).toMatchObject({ run: 'QUEUED', attempt: 0 })
    expect((await claimRun(prisma, { runId: onnx.runId, engines: native }))?.engine).toBe('onnxruntime')
    const pins = await prisma.enginePin.findMany({ where: { roundId: round.id }, orderBy: { family: 'asc' } })
    expect(pins.map(({ family, engine: pinned }) => [family, pinned])).toEqual([
      ['layers', 'wasm'],
      ['onnx', 'onnxruntime'],
    ])
  })

  it('is not given on a round pinned to an engine that the worker lacks; the run goes on waiting', async () => {
    const first = await insertQueuedRun(prisma, round, entryId)
    expect(await claimRun(prisma, { runId: first.runId, engines: native })).not.toBeNull()
    const { runId } = await insertQueuedRun(prisma, round, await seedEntry(prisma, round.id, 'second'))
    expect(await claim(runId)).toBeNull()
    expect(await stateOf(runId)).toMatchObject({ run: 'QUEUED', submission: 'QUEUED', attempt: 0 })
    expect(await claimRun(prisma, { runId, engines: native })).not.toBeNull()
  })

  it('of workers with different engines that ask at once for a new round’s first runs follows one pin', async () => {
    const entries = await Promise.all(
      Array.from({ length: 8 }, (_, index) => seedEntry(prisma, round.id, `team ${index}`)),
    )
    const runs = await Promise.all(entries.map((entry) => insertQueuedRun(prisma, round, entry)))
    const tensorflowOnly: WorkerEngines = { ...native, runnable: ['tensorflow'] }
    const claims = await Promise.all(
      runs.map(({ runId }, index) =>
        claimRun(prisma, { runId, engines: index % 2 === 0 ? wasmOnly : tensorflowOnly }),
      ),
    )
    const { engine: pinned } = await prisma.enginePin.findFirstOrThrow({ where: { roundId: round.id } })
    expect(claims.map((each) => each !== null)).toEqual(
      claims.map((_, index) => pinned === (index % 2 === 0 ? 'wasm' : 'tensorflow')),
    )
  })

  it('is given to one of many who ask at once', async () => {
    const { runId } = await insertQueuedRun(prisma, round, entryId)
    const claims = await Promise.all(Array.from({ length: 5 }, () => claim(runId)))
    expect(claims.filter((each) => each !== null)).toHaveLength(1)
    expect(await stateOf(runId)).toMatchObject({ run: 'RUNNING', attempt: 1 })
  })

  it('lets an entry have one running run, and other entries theirs', async () => {
    const own = await Promise.all(Array.from({ length: 4 }, () => insertQueuedRun(prisma, round, entryId)))
    const other = await insertQueuedRun(prisma, round, await seedEntry(prisma, round.id, 'second'))
    const claims = await Promise.all([...own, other].map(({ runId }) => claim(runId)))
    expect(claims.slice(0, 4).filter((each) => each !== null)).toHaveLength(1)
    expect(claims[4]).not.toBeNull()

    const running = claims.find((each) => each !== null)
    const held = own.find(({ runId }) => runId !== running?.runId)
    if (!running || !held) throw new Error('one runs, three are held')
    expect(await claim(held.runId)).toBeNull()
    await finishUnscored(prisma, running, 'REJECTED', { code: 'MODEL_TOO_SLOW', params: {} })
    expect(await claim(held.runId)).not.toBeNull()
  })

  it.each(['SCORED', 'REJECTED', 'CANCELLED'] as const)(
    'is not given on a run that is %s',
    async (status) => {
      const { runId } = await insertQueuedRun(prisma, round, entryId)
      const done = { finishedAt: new Date(), reasonCode: 'MODEL_TOO_SLOW' }
      await prisma.scoringRun.update({ where: { id: runId }, data: { ...result, ...done, status } })
      expect(await claim(runId)).toBeNull()
    },
  )
})

describe('a result', () => {
  it('is stored once, with both splits', async () => {
    const { runId } = await insertQueuedRun(prisma, round, entryId)
    const claimed = await mustClaim(runId)
    expect(await finishScored(prisma, claimed, result, scores)).toBe(true)
    expect(await finishScored(prisma, claimed, result, scores)).toBe(false)
    expect(await stateOf(runId)).toMatchObject({ run: 'SCORED', submission: 'SCORED', scores: 2 })
  })

  it('of an attempt that was taken over is refused, whatever it is', async () => {
    const { runId } = await insertQueuedRun(prisma, round, entryId)
    const stale = await mustClaim(runId)
    await putBack(prisma, stale, { code: 'SCORING_INTERRUPTED', params: {} })
    const current = await mustClaim(runId)
    expect(current.attempt).toBe(2)

    expect(await finishScored(prisma, stale, result, scores)).toBe(false)
    expect(await finishUnscored(prisma, stale, 'FAILED', { code: 'INTERNAL', params: {} })).toBe(false)
    expect(await putBack(prisma, stale, null)).toBe(false)
    expect(await recordProgress(prisma, stale, 3)).toBe(false)
    expect(await stateOf(runId)).toMatchObject({ run: 'RUNNING', attempt: 2, scores: 0 })
    expect(await finishScored(prisma, current, result, scores)).toBe(true)
  })

  it('of an attempt that was given back uncounted is refused too, though the number comes again', async () => {
    const { runId } = await insertQueuedRun(prisma, round, entryId)
    const stale = await mustClaim(runId)
    await putBack(prisma, stale, null)
    expect(await stateOf(runId)).toMatchObject({ run: 'QUEUED', submission: 'QUEUED', attempt: 0 })
    const current = await mustClaim(runId)
    expect(current.attempt).toBe(stale.attempt)
    expect(await finishScored(prisma, stale, result, scores)).toBe(false)
    expect(await finishScored(prisma, current, result, scores)).toBe(true)
  })

  it('of a cancelled run is refused', async () => {
    const { runId } = await insertQueuedRun(prisma, round, entryId)
    const claimed = await mustClaim(runId)
    await prisma.scoringRun.update({
      where: { id: runId },
      data: { status: 'CANCELLED', finishedAt: new Date() },
    })
    expect(await recordProgress(prisma, claimed, 3)).toBe(false)
    expect(await finishScored(prisma, claimed, result, scores)).toBe(false)
  })
})

it('every change is announced to the entry, and a score to the ranking', async () => {
  const events: ServerEvent[] = []
  const hub = await EventHub.start(database.url, pino({ level: 'silent' }))
  hub.subscribe((event) => events.push(event))
  const { id, runId } = await insertQueuedRun(prisma, round, entryId)
  const claimed = await mustClaim(runId)
  await recordProgress(prisma, claimed, null) // a mere sign of life changes no page
  await recordProgress(prisma, claimed, 4)
  await finishScored(prisma, claimed, result, scores)
  const topic = `submission/${id}`
  await vi.waitFor(() => expect(events).toHaveLength(4))
  expect(events.map(({ version: _, ...event }) => event)).toEqual([
    { topic, entryId },
    { topic, entryId },
    { topic, entryId },
    { topic: `leaderboard/${round.slug}` },
  ])
  await hub.close()
})
