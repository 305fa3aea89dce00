import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pino from 'pino'
import { compileCache } from '../../test/compile-cache.ts'
import { backendEnvironment, createTestBackend, type TestBackend } from '../../test/test-backend.ts'
import { createTestDatabase } from '../../test/test-database.ts'
import { readConfig } from '../config.ts'
import { openBlobStore } from '../platform/open-blob-store.ts'
import { createPrisma } from '../platform/prisma.ts'
import { createScoringQueue } from './scoring-queue.ts'
import { seedEntry, seedRound, submit } from './test-fixtures.ts'
import { brightPixel, brightPixelImages, brightPixelModel, slowModel, type TestFile } from './test-models.ts'

/**
 * The slowest way back is that of a killed worker's run: 15 s of silence, a sweep, and then the run itself. On a machine with
 * much else to do all of it takes many times as long as on an idle one.
 */
export const processPatience = { timeout: 240_000, interval: 100 }
export const processTestTimeoutMs = 480_000

export type ProcessBench = Awaited<ReturnType<typeof buildProcessBench>>

/** A database, a queue and a blob store, and servers and workers on them as processes of their own. */
export async function buildProcessBench(given?: TestBackend) {
  const backend = given ?? (await createTestBackend())
  const database = await createTestDatabase()
  const prisma = createPrisma(database.url)
  const dataDir = await mkdtemp(join(tmpdir(), 'taikai-process-'))
  const env: Record<string, string> = {
    PATH: process.env.PATH ?? '',
    DATA_DIR: dataDir,
    DATABASE_URL: database.url,
    AUTH_SECRET: 'a secret that only the tests know',
    SCORING_ENGINE: 'wasm',
    SCORING_CONCURRENCY: '2',
    HOST: '127.0.0.1',
    PORT: '0',
    LOG_LEVEL: 'silent',
    ...backendEnvironment(backend),
  }
  const config = readConfig(env)
  const blobs = await openBlobStore(config)
  const queue = await createScoringQueue(config, pino({ level: 'silent' }))
  const processes: ChildProcess[] = []
  const deps = { prisma, blobs, queue, dataDir }

  function start(entry: 'server' | 'worker', overrides: Record<string, string> = {}): ChildProcess {
    const program = fileURLToPath(new URL(`../${entry}.ts`, import.meta.url))
    const child = fork(program, { env: { ...compileCache, ...env, ...overrides }, stdio: 'ignore' })
    processes.push(child)
    return child
  }
  /** Sends a signal and waits for the end. Gives the exit code; null when the signal itself ended it. */
  async function end(child: ChildProcess, signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null> {
    if (child.exitCode === null && child.signalCode === null) {
      const ended = once(child, 'exit')
      child.kill(signal)
      await ended
    }
    return child.exitCode
  }

  return {
    ...{ ...deps, config, start },
    /** As the kernel does when memory runs out: nothing of the process gets a chance to tidy up. */
    kill: (child: ChildProcess) => end(child, 'SIGKILL'),
    stop: (child: ChildProcess) => end(child, 'SIGTERM'),
    async killAll(): Promise<void> {
      for (const child of processes.splice(0)) await end(child, 'SIGKILL')
    },
    send: (round: Awaited<ReturnType<typeof seedRound>>, entryId: string, model: readonly TestFile[]) =>
      submit(deps, { round, entryId, model }),
    runOf: (id: string) =>
      prisma.scoringRun.findFirstOrThrow({
        where: { submissionId: id },
        include: { submission: true, scores: { orderBy: { split: 'asc' } } },
      }),
    /** A round of twelve small images with a submission, scored in no time, of each of `count` entries. */
    async quickRound(count: number) {
      const round = await seedRound(deps, { ...brightPixel, ...brightPixelImages(12) })
      for (let team = 0; team < count; team += 1) {
        const entryId = await seedEntry(prisma, round.id, `team ${team}`)
        await submit(deps, { round, entryId, model: brightPixelModel() })
      }
      return {
        round,
        scored: () => prisma.submission.count({ where: { roundId: round.id, status: 'SCORED' } }),
        scores: () => prisma.score.count({ where: { run: { submission: { roundId: round.id } } } }),
      }
    },
    /** A round whose `imageCount` images keep the slow model busy for seconds, with a submission of each of `count` entries. */
    async slowRound(imageCount: number, count: number) {
      const shape = { height: 32, width: 32, channels: 3, classNames: ['a', 'b', 'c'] }
      const images = Uint8Array.from({ length: imageCount * 3072 }, (_, index) => (index * 7) % 256)
      const labels = Uint8Array.from({ length: imageCount }, (_, image) => image % 3)
      const round = await seedRound(deps, { ...shape, images, labels })
      const ids: string[] = []
      for (let team = 0; team < count; team += 1) {
        const entryId = await seedEntry(prisma, round.id, `team ${team}`)
        ids.push((await submit(deps, { round, entryId, model: slowModel() })).id)
      }
      return { round, ids }
    },
    async close(): Promise<void> {
      await queue.close()
      await prisma.$disconnect()
      await database.drop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}
