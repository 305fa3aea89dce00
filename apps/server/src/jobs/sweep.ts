import type { Logger } from 'pino'
import type { PrismaClient } from '../generated/prisma/client.ts'
import { jobCatalogue } from './catalogue.ts'
import { findEnginesWaitedFor, type WorkerEngines } from './engine-pins.repository.ts'
import { findClaimableRuns, findLostClaims, finishUnscored, putBack } from './runs.repository.ts'
import type { ScoringQueue } from './scoring-queue.ts'
import { removeForgottenWorkers } from './workers.repository.ts'

export const sweepEveryMs = 3_000
/** A worker gives a sign of life every two seconds. */
const staleAfterMs = 15_000
/** What a run may take beside its child: reading blobs, computing scores, writing the result. */
const graceMs = 40_000
/** More than any worker takes between two sweeps; the rest is added by later ones. */
const enqueueAtMost = 200

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
 * - a QUEUED run that may be claimed is added to the queue here, whoever lost it: a server killed between commit and
 *   enqueue, a queue that was emptied, a job taken by a worker that died. One that is there already is not added twice;
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
  const claimable = await findClaimableRuns(prisma, engines, enqueueAtMost)
  // All at once: a queue that does not answer costs one wait, not one for each.
  await Promise.all(claimable.map(({ id, live }) => queue.enqueue(id, !live)))
  await removeForgottenWorkers(prisma)
  return findEnginesWaitedFor(prisma, engines)
}
