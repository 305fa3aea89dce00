import { queueLiveRun } from '../../jobs/turns.repository.ts'
import { notify } from '../../platform/events.ts'
import type { Db } from '../../platform/prisma.ts'

/** What is known of a submission and its live run; null where there is none. */
export async function findForRetry(db: Db, id: string) {
  const submission = await db.submission.findUnique({
    where: { id },
    select: { id: true, entryId: true, runs: { where: { live: true } } },
  })
  const run = submission?.runs[0]
  return submission === null || run === undefined ? null : { ...submission, run }
}

/**
 * Puts a new live run, on the round's dataset as it is now, in the place of one that failed; its submission is queued again and
 * costs quota as every queued one does. False when the run has not failed or was replaced meanwhile.
 * To be called under `lockAgainstRescores`.
 */
export async function replaceFailedRun(
  tx: Db,
  { id, entryId, run }: { id: string; entryId: string; run: { id: string } },
  now: Date,
): Promise<boolean> {
  const { count } = await tx.scoringRun.updateMany({
    where: { id: run.id, live: true, status: 'FAILED' },
    data: { live: false, replacedAt: now },
  })
  if (count === 0) return false
  await tx.submission.update({
    where: { id },
    data: { status: 'QUEUED', quotaReturned: false },
  })
  await queueLiveRun(tx, id)
  await notify(tx, { topic: `submission/${id}`, entryId })
  return true
}
