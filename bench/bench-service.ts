import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildApp } from '../apps/server/src/app.ts'
import { readConfig } from '../apps/server/src/config.ts'
import { createAuth } from '../apps/server/src/features/accounts/auth.ts'
import { createScoringQueue } from '../apps/server/src/jobs/scoring-queue.ts'
import { type BlobStore, fileBlobStore } from '../apps/server/src/platform/blob-store.ts'
import { startEmbeddedPostgres } from '../apps/server/src/platform/embedded-postgres.ts'
import { EventHub } from '../apps/server/src/platform/events.ts'
import { createLogger } from '../apps/server/src/platform/logger.ts'
import { applyMigrations } from '../apps/server/src/platform/migrate.ts'
import { createPrisma } from '../apps/server/src/platform/prisma.ts'
import { createInspector, type InspectModel } from '../apps/server/src/scoring/inspector.ts'
import { probeSandbox } from '../apps/server/src/scoring/sandbox.ts'
import { buildScoringChild } from '../scripts/build-scoring-child.ts'

/**
 * The server's application within this process, on a new and real PostgreSQL that `fill` writes into first; no worker. `webRoot` is
 * the folder of built pages, or null for the API alone; `overrides` take the place of the real inspection and clock.
 * `stop` removes everything.
 */
export async function startBenchService(
  webRoot: string | null,
  fill: (databaseUrl: string, blobs: BlobStore) => Promise<void>,
  overrides: { inspect?: InspectModel; now?: () => Date } = {},
) {
  const folder = mkdtempSync(join(tmpdir(), 'taikai-bench-'))
  chmodSync(folder, 0o755) // as root, PostgreSQL's account has to get in
  await buildScoringChild()
  const postgres = await startEmbeddedPostgres(folder)
  await applyMigrations(postgres.url)
  const blobs = fileBlobStore(join(folder, 'blobs'))
  await fill(postgres.url, blobs)
  const config = readConfig({
    DATA_DIR: folder,
    DATABASE_URL: postgres.url,
    AUTH_SECRET: 'a secret that only the benchmark knows',
    LOG_LEVEL: 'silent',
    // One account asks for all.
    API_REQUESTS_PER_MINUTE: '1000000',
  })
  const logger = createLogger('server', config.logLevel)
  const prisma = createPrisma(postgres.url)
  const queue = await createScoringQueue(config, logger)
  const events = await EventHub.start(postgres.url, logger)
  const app = await buildApp({
    ...{ config, prisma, queue, events, logger, webRoot, blobs },
    inspect: createInspector(await probeSandbox('best-effort', logger)),
    auth: createAuth({ prisma, config }),
    officialFiles: [],
    now: () => new Date(),
    ...overrides,
  })
  const stop = async () => {
    await app.close()
    await events.close()
    await queue.close()
    await prisma.$disconnect()
    await postgres.stop()
    rmSync(folder, { recursive: true, force: true })
  }
  return { app, prisma, events, blobs, queue, dataDir: folder, databaseUrl: postgres.url, stop }
}
