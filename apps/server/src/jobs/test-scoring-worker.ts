import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pino from 'pino'
import { expect, vi } from 'vitest'
import { backendEnvironment, createTestBackend } from '../../test/test-backend.ts'
import { createTestDatabase } from '../../test/test-database.ts'
import { readConfig } from '../config.ts'
import { openBlobStore } from '../platform/open-blob-store.ts'
import { createPrisma } from '../platform/prisma.ts'
import { prepareScoring } from './prepare-scoring.ts'
import { createScoringQueue } from './scoring-queue.ts'
import { type ScoringWorker, startScoringWorker } from './scoring-worker.ts'
import { seedEntry, seedRound, submit } from './test-fixtures.ts'
import { brightPixel, brightPixelImages, brightPixelModel } from './test-models.ts'

/** Long enough for a busy machine; every wait ends as soon as its condition holds. */
export const patience = { timeout: 60_000, interval: 50 }
export const testTimeoutMs = 120_000

export type WorkerBench = Awaited<ReturnType<typeof buildWorkerBench>>

/** A database, a queue and a blob store for a file of tests, and at most one worker on them. */
export async function buildWorkerBench() {
  const logger = pino({ level: 'silent' })
  const database = await createTestDatabase()
  const prisma = createPrisma(database.url)
  const dataDir = await mkdtemp(join(tmpdir(), 'taikai-worker-'))
  const config = readConfig({
    DATA_DIR: dataDir,
    DATABASE_URL: database.url,
    AUTH_SECRET: 'x'.repeat(64),
    SCORING_ENGINE: 'wasm',
    SCORING_CONCURRENCY: '2',
    ...backendEnvironment(await createTestBackend()),
  })
  const blobs = await openBlobStore(config)
  const queue = await createScoringQueue(config, logger)
  const scoring = await prepareScoring(config, logger)
  let worker: ScoringWorker | null = null

  const runOf = (id: string) =>
    prisma.scoringRun.findFirstOrThrow({
      where: { submissionId: id },
      include: { submission: true, scores: { orderBy: { split: 'asc' } } },
    })
  /** A round of twelve small images, and an entry of it. */
  const seed = async () => {
    const round = await seedRound({ prisma, blobs }, { ...brightPixel, ...brightPixelImages(12) })
    return { round, entryId: await seedEntry(prisma, round.id, 'team') }
  }
  let { round, entryId } = await seed()

  return {
    ...{ prisma, blobs, config, dataDir, runOf },
    get round() {
      return round
    },
    get entryId() {
      return entryId
    },
    /** For the next test. */
    async renewRound(): Promise<void> {
      const fresh = await seed()
      round = fresh.round
      entryId = fresh.entryId
    },
    async start(): Promise<void> {
      worker = await startScoringWorker({ config, prisma, blobs, queue, scoring, logger })
    },
    async stop(): Promise<void> {
      await worker?.close(0)
      worker = null
    },
    send: (model = brightPixelModel(), entry = entryId, to = round) =>
      submit({ prisma, blobs, queue, dataDir }, { round: to, entryId: entry, model }),
    hasStatus: (id: string, status: string) =>
      vi.waitFor(async () => expect((await runOf(id)).submission.status).toBe(status), patience),
    /** A round whose images keep the slow model busy for seconds. */
    async slowRound(count = 1500) {
      const labels = Uint8Array.from({ length: count }, (_, image) => image % 3)
      const images = Uint8Array.from({ length: count * 3072 }, (_, index) => (index * 7) % 256)
      const shape = { height: 32, width: 32, channels: 3, classNames: ['a', 'b', 'c'] }
      const slow = await seedRound({ prisma, blobs }, { ...shape, images, labels })
      return { slow, entry: await seedEntry(prisma, slow.id, 'team') }
    },
    async close(): Promise<void> {
      await queue.close()
      await prisma.$disconnect()
      await database.drop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}
