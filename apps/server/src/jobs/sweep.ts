import type { Logger } from 'pino'
import type { PrismaClient } from '../generated/prisma/client.ts'
import { jobCatalogue } from './catalogue.ts'
import { findEnginesWaitedFor, type WorkerEngines } from './engine-pins.repository.ts'
import { findLostClaims, finishUnscored, putBack } from './runs.repository.ts'
import type { ScoringQueue } from './scoring-queue.ts'
import { findClaimableRuns } from './turns.repository.ts'
import { removeForgottenWorkers } from './workers.repository.ts'

export const sweepEveryMs = 3_000
/** A worker gives a sign of life every two seconds. */
const staleAfterMs = 15_000
/** What a run may take beside its child: reading blobs, computing scores, writing the result. */
const graceMs = 40_000
/** More than any worker takes between two sweeps; the rest is added by later ones. */
const wakeAtMost = 200

export type SweepDeps = {
  config: { scoringTimeoutMs: number }
  prisma: PrismaClient
  queue: ScoringQueue
  logger: Logger
  engines: WorkerEngines
}

/**
 * Brings the queue in line with the database. Every worker does this at its start and every few seconds. No run stays
 * unfinished for ever, because as long as one worker lives
 * - a RUNNING run either ends by its own worker's hand, or is found here: by its worker's silence, or, if that worker hangs
 *   while it still gives signs of life, by its age. It goes back to QUEUED, or to FAILED after its last attempt. Its old
 *   worker, should it wake up, has lost its claim and can write nothing;
 * - for the QUEUED runs that may be claimed as many jobs are in the queue after this, whoever lost them: a server killed between
 *   commit and job, a queue that was emptied, a job taken by a worker that died or lacked the run's engine;
 * - a QUEUED run that waits for another live run of its entry waits for a RUNNING one, which ends (see above);
 * - each taking back counts an attempt, and attempts are few.
 * A QUEUED run whose round is pinned to an engine of other workers waits for one of those. Gives the engines waited for.
 */
export async function sweep({ config, prisma, queue, logger, engines }: SweepDeps): Promise<string[]> {
  const limitMs = config.scoringTimeoutMs + graceMs
  for (const claim of await findLostClaims(prisma, { staleMs: staleAfterMs, limitMs })) {
    const reason = { code: 'SCORING_INTERRUPTED', params: {} } as const
    const last = claim.attempt >= jobCatalogue['score-run'].attempts
    const taken = last
      ? await finishUnscored(prisma, claim, 'FAILED', reason)
      : await putBack(prisma, claim, reason)
    if (taken) logger.warn({ ...claim, last }, 'run taken from a worker that fell silent')
  }
  await queue.topUp((await findClaimableRuns(prisma, engines, wakeAtMost)).length)
  await removeForgottenWorkers(prisma)
  return findEnginesWaitedFor(prisma, engines)
}
