import { readConfig } from './config.ts'
import { prepareScoring } from './jobs/prepare-scoring.ts'
import { createScoringQueue } from './jobs/scoring-queue.ts'
import { startScoringWorker } from './jobs/scoring-worker.ts'
import { prepareDataFolder } from './platform/data-folder.ts'
import { createLogger } from './platform/logger.ts'
import { openBlobStore } from './platform/open-blob-store.ts'
import { reportWorking } from './platform/parent-message.ts'
import { createPrisma } from './platform/prisma.ts'
import { requireSchema } from './platform/require-schema.ts'
import { stopInOrder } from './platform/shutdown.ts'
import { runEntry } from './platform/startup-failure.ts'

/** After the time that running runs get to end by themselves: to stop them, put them back and close connections. */
const stopWithinMs = 10_000

await runEntry(async () => {
  const config = readConfig(process.env)
  prepareDataFolder(config.dataDir)
  const logger = createLogger('worker', config.logLevel)
  const prisma = createPrisma(config.databaseUrl)
  await requireSchema(prisma)
  const blobs = await openBlobStore(config)
  const queue = await createScoringQueue(config, logger)
  const scoring = await prepareScoring(config, logger)
  const worker = await startScoringWorker({ config, prisma, blobs, queue, scoring, logger })
  const stop = stopInOrder(logger, config.scoringStopMs + stopWithinMs, [
    { name: 'scoring', run: () => worker.close(config.scoringStopMs) },
    { name: 'queue', run: () => queue.close() },
    { name: 'database', run: () => prisma.$disconnect() },
  ])
  reportWorking()
  logger.fatal((await worker.outdated).message)
  stop()
})
