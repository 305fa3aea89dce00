import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import pino from 'pino'
import { type AppDeps, buildApp } from '../src/app.ts'
import { readConfig } from '../src/config.ts'
import { createAuth } from '../src/features/accounts/auth.ts'
import { createScoringQueue } from '../src/jobs/scoring-queue.ts'
import { EventHub } from '../src/platform/events.ts'
import { openBlobStore } from '../src/platform/open-blob-store.ts'
import { createPrisma } from '../src/platform/prisma.ts'
import { inspect } from './inspect.ts'
import { backendEnvironment, createTestBackend, type TestBackend } from './test-backend.ts'
import { createTestDatabase } from './test-database.ts'

export type TestApp = AppDeps & {
  app: FastifyInstance
  /** Closes everything, and removes the database and the data folder. */
  close(): Promise<void>
}

/**
 * The real service on a database, a queue and a data folder of its own, or on a `given` back end. It does not listen until the
 * test asks for it.
 */
export async function buildTestApp(overrides: Partial<AppDeps> = {}, given?: TestBackend): Promise<TestApp> {
  const database = await createTestDatabase()
  const dataDir = await mkdtemp(join(tmpdir(), 'taikai-app-'))
  const config = readConfig({
    DATA_DIR: dataDir,
    DATABASE_URL: database.url,
    AUTH_SECRET: 'a secret that only the tests know',
    LOG_LEVEL: 'silent',
    // For a worker beside it: the engine that starts in the least time.
    SCORING_ENGINE: 'wasm',
    ...backendEnvironment(given ?? (await createTestBackend())),
  })
  const logger = pino({ level: config.logLevel })
  const prisma = createPrisma(database.url)
  const deps: AppDeps = {
    config,
    prisma,
    blobs: await openBlobStore(config),
    queue: await createScoringQueue(config, logger),
    inspect,
    auth: createAuth({ prisma, config }),
    events: await EventHub.start(database.url, logger),
    // No test reaches the internet.
    officialFiles: [],
    logger,
    now: () => new Date(),
    webRoot: null,
    ...overrides,
  }
  const app = await buildApp(deps)
  return {
    ...deps,
    app,
    async close() {
      await app.close()
      await deps.events.close()
      await deps.queue.close()
      await prisma.$disconnect()
      await database.drop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}
