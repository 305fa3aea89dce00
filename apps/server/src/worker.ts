import { join } from 'node:path'
import { readConfig } from './config.ts'
import { createScoringQueue } from './jobs/scoring-queue.ts'
import { startScoringWorker } from './jobs/scoring-worker.ts'
import { fileBlobStore } from './platform/blob-store.ts'
import { prepareDataFolder } from './platform/data-folder.ts'
import { createLogger } from './platform/logger.ts'
import { reportWorking } from './platform/parent-message.ts'
import { createPrisma } from './platform/prisma.ts'
import { requireSchema } from './platform/require-schema.ts'
import { stopInOrder } from './platform/shutdown.ts'
import { runEntry } from './platform/startup-failure.ts'

/** Running runs get this long to end by themselves; then they are stopped and put back. */
const finishWithinMs = 5_000
const stopWithinMs = 15_000

await runEntry(async () => {
  const config = readConfig(process.env)
  prepareDataFolder(config.dataDir)
  const logger = createLogger('worker', config.logLevel)
  const prisma = createPrisma(config.databaseUrl)
  await requireSchema(prisma)
  const blobs = fileBlobStore(join(config.dataDir, 'blobs'))
  const queue = await createScoringQueue(config, logger)
  const worker = await startScoringWorker({ config, prisma, blobs, queue, logger })
  stopInOrder(logger, stopWithinMs, [
    { name: 'scoring', run: () => worker.close(finishWithinMs) },
    { name: 'queue', run: () => queue.close() },
    { name: 'database', run: () => prisma.$disconnect() },
  ])
  reportWorking()
})
