import { setTimeout as delay } from 'node:timers/promises'
import type { Logger } from 'pino'
import type { Config } from '../config.ts'
import { removeOrphanBlobs } from '../features/submissions/orphan-blobs.ts'
import type { PrismaClient } from '../generated/prisma/client.ts'
import type { BlobStore } from '../platform/blob-store.ts'
import { createQueueBackend } from '../platform/queue.ts'
import { requireSchema } from '../platform/require-schema.ts'
import { StartupError } from '../platform/startup-error.ts'
import { childLimits, threadsPerRun } from '../scoring/child-limits.ts'
import { readGpuName } from '../scoring/gpu-name.ts'
import { type ScoringRequest, scoreInChild } from '../scoring/score-in-child.ts'
import { keepSpareChild } from '../scoring/spare-child.ts'
import { type JobHandlers, jobCatalogue, scoringQueueName } from './catalogue.ts'
import type { WorkerEngines } from './engine-pins.repository.ts'
import type { PreparedScoring } from './prepare-scoring.ts'
import { scoreNextRun } from './score-run.ts'
import type { ScoringQueue } from './scoring-queue.ts'
import { type SweepDeps, sweep, sweepEveryMs } from './sweep.ts'
import { createTrainingStatistics } from './training-statistics.ts'
import { findClaimableRuns } from './turns.repository.ts'
import { createWaitReporter } from './wait-reporter.ts'
import { describeWorker, registerWorker } from './worker-registration.ts'

export type ScoringWorkerDeps = {
  config: Config
  prisma: PrismaClient
  blobs: BlobStore
  queue: ScoringQueue
  scoring: PreparedScoring
  logger: Logger
}

export type ScoringWorker = {
  /**
   * Takes no new runs, gives the running ones `deadlineMs` to end, then stops them and puts them back into the queue, which
   * costs them no attempt. Resolves when nothing runs any more.
   */
  close(deadlineMs: number): Promise<void>
  /** Resolves when the database has become another version's: this worker has to stop, and says why. */
  outdated: Promise<StartupError>
}

/** Starts taking runs from the queue. */
export async function startScoringWorker(deps: ScoringWorkerDeps): Promise<ScoringWorker> {
  const { config, logger } = deps
  const { sandbox, found, engines } = deps.scoring
  await removeOrphanBlobs(deps)
  const gpuName = await readGpuName()
  const profile = describeWorker({ found, engines, sandbox, gpuName, concurrency: config.scoringConcurrency })
  const registration = await registerWorker(deps, profile)

  // For the models that most students send.
  const engine = engines.preferred.layers ?? 'wasm'
  const { scoringTimeoutMs: wallClockMs, scoringMemoryBytes: memoryBytes } = config
  const plan = {
    engine,
    hdf5: true, // not known before the next run
    limits: childLimits(engine, { wallClockMs, memoryBytes }),
    threads: threadsPerRun(config.scoringConcurrency),
    sandbox,
  }
  const spare = keepSpareChild(plan, () => anotherRunWaits(deps, engines))
  const readTrainingStatistics = createTrainingStatistics(deps.blobs)
  const runDeps = {
    ...deps,
    ...{ engines, sandbox, readTrainingStatistics, workerId: registration.id },
    score: (request: ScoringRequest) => scoreInChild(request, spare.start),
  }
  const failedHere = new Set<string>()
  const stop = new AbortController()
  const handlers: JobHandlers = {
    'score-run': (_, signal) => scoreNextRun(runDeps, failedHere, signal),
  }
  const backend = createQueueBackend(config)
  await backend.prepare()
  const worker = new backend.Worker(
    scoringQueueName,
    async (job) => {
      const payload = jobCatalogue['score-run'].schema.parse(job.data)
      await handlers['score-run'](payload, stop.signal)
    },
    {
      ...backend.options,
      concurrency: config.scoringConcurrency,
      // Short, so that a killed worker's jobs are free again soon; the child computes, this process has time to renew.
      lockDuration: 10_000,
      stalledInterval: 5_000,
      removeOnComplete: { count: 0 },
      removeOnFail: { count: 0 },
    },
  )
  worker.on('error', (error) => logger.warn({ err: error }, 'scoring worker connection failed'))
  worker.on('failed', (job, error) => logger.error({ err: error, jobId: job?.id }, 'scoring job failed'))
  const outdated = Promise.withResolvers<StartupError>()
  const sweeping = keepSweeping({ ...deps, engines }, stop.signal, outdated.resolve)
  logger.info(
    { engines: engines.preferred, concurrency: config.scoringConcurrency },
    'scoring worker started',
  )

  return {
    outdated: outdated.promise,
    async close(deadlineMs) {
      const idle = worker.close()
      const timer = setTimeout(() => stop.abort(), deadlineMs)
      await idle
      clearTimeout(timer)
      await spare.close()
      stop.abort()
      await sweeping
      await registration.stop()
    },
  }
}

/** Also where the database does not tell: a child too early costs less than one too late. */
async function anotherRunWaits(
  { prisma, logger }: ScoringWorkerDeps,
  engines: WorkerEngines,
): Promise<boolean> {
  try {
    return (await findClaimableRuns(prisma, engines, 1)).length > 0
  } catch (error) {
    logger.warn({ err: error }, 'not known whether another run waits')
    return true
  }
}

async function keepSweeping(
  deps: SweepDeps,
  stop: AbortSignal,
  onOutdated: (reason: StartupError) => void,
): Promise<void> {
  const reportWaits = createWaitReporter(deps.logger)
  while (!stop.aborted) {
    try {
      // What this version would write may be wrong in another version's tables.
      await requireSchema(deps.prisma)
      reportWaits(await sweep(deps))
    } catch (error) {
      if (error instanceof StartupError) return onOutdated(error)
      // The database may be away for a while; it is looked at again in a few seconds.
      deps.logger.error({ err: error }, 'sweep failed')
    }
    await delay(sweepEveryMs, undefined, { signal: stop }).catch(() => {}) // aborted: the loop ends
  }
}
