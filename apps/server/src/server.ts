import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildApp } from './app.ts'
import { readConfig } from './config.ts'
import { ensureFirstInstructor } from './features/accounts/accounts.service.ts'
import { createAuth } from './features/accounts/auth.ts'
import { backupFolder, scheduleBackups } from './features/backup/nightly-backups.ts'
import { officialFiles } from './features/datasets/formats/official-files.ts'
import { seedDemo } from './features/demo/demo-seed.ts'
import { cleanUploads } from './http/upload-intake.ts'
import { createScoringQueue } from './jobs/scoring-queue.ts'
import { prepareDataFolder } from './platform/data-folder.ts'
import { EventHub } from './platform/events.ts'
import { createLogger } from './platform/logger.ts'
import { openBlobStore } from './platform/open-blob-store.ts'
import { reportReady } from './platform/parent-message.ts'
import { createPrisma } from './platform/prisma.ts'
import { requireSchema } from './platform/require-schema.ts'
import { stopInOrder } from './platform/shutdown.ts'
import { listenError, runEntry } from './platform/startup-failure.ts'
import { createInspector, inspectionPlan } from './scoring/inspector.ts'
import { probeSandbox } from './scoring/sandbox.ts'
import { keepSpareChild } from './scoring/spare-child.ts'

const stopWithinMs = 15_000
const webRoot = fileURLToPath(new URL('../../web/dist', import.meta.url))

await runEntry(async () => {
  const config = readConfig(process.env)
  prepareDataFolder(config.dataDir)
  await cleanUploads(config.dataDir)
  const logger = createLogger('server', config.logLevel)
  const prisma = createPrisma(config.databaseUrl)
  await requireSchema(prisma)
  const blobs = await openBlobStore(config)
  const queue = await createScoringQueue(config, logger)
  const events = await EventHub.start(config.databaseUrl, logger)
  const sandbox = await probeSandbox(config.scoringSandbox, logger)
  // Uploads come in bursts, and an inspection is over before it would be in the way: the next child is always wanted.
  const spare = keepSpareChild(inspectionPlan(sandbox), async () => true)
  const inspect = createInspector(sandbox, spare.start)
  const auth = createAuth({ prisma, config })
  const now = () => new Date()
  const web = existsSync(join(webRoot, 'index.html')) ? webRoot : null
  if (web === null) logger.warn('the pages are not built: only the API is served')

  const app = await buildApp({
    config,
    prisma,
    blobs,
    queue,
    inspect,
    auth,
    events,
    officialFiles,
    logger,
    now,
    webRoot: web,
  })
  const backups = scheduleBackups({
    databaseUrl: config.databaseUrl,
    blobs,
    folder: backupFolder(config.dataDir),
    now,
    logger,
  })
  stopInOrder(logger, stopWithinMs, [
    { name: 'backups', run: async () => backups.stop() },
    { name: 'http', run: () => app.close() },
    { name: 'spare child', run: () => spare.close() },
    { name: 'events', run: () => events.close() },
    { name: 'queue', run: () => queue.close() },
    { name: 'database', run: () => prisma.$disconnect() },
  ])
  await app.listen({ host: config.host, port: config.port }).catch((error: unknown) => {
    throw listenError(error, config.host, config.port)
  })
  const { setupToken } = await ensureFirstInstructor({ prisma, config })
  const address = app.server.address()
  const port = typeof address === 'object' && address !== null ? address.port : config.port
  if (!reportReady({ port, setupToken }) && setupToken !== null) {
    const base = config.publicUrl ?? `http://localhost:${port}`
    logger.info({ url: new URL(`/setup?token=${setupToken}`, base).href }, 'one-time set-up link')
  }
  await seedDemo({ config, prisma, blobs, queue, inspect, now, logger })
})
