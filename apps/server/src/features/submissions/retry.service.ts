import { TaikaiError } from '@taikai/shared/errors'
import type { PrismaClient } from '../../generated/prisma/client.ts'
import type { ScoringQueue } from '../../jobs/scoring-queue.ts'
import { lockAgainstRescores } from '../../jobs/shadow-runs.repository.ts'
import { type Actor, recordAudit } from '../audit/audit.repository.ts'
import { findForRetry, replaceFailedRun } from './retry.repository.ts'

export type RetryDeps = { prisma: PrismaClient; queue: ScoringQueue }

/** Scores a submission anew that failed by the system's fault. Throws NOT_FOUND, RETRY_NOT_FAILED. */
export async function retrySubmission(
  { prisma, queue }: RetryDeps,
  actor: Actor,
  id: string,
  now: Date,
): Promise<void> {
  await prisma.$transaction(async (tx) => {
    const failed = await findForRetry(tx, id)
    if (failed === null) throw new TaikaiError('NOT_FOUND')
    await lockAgainstRescores(tx, failed.run.id)
    if (!(await replaceFailedRun(tx, failed, now))) throw new TaikaiError('RETRY_NOT_FAILED')
    await recordAudit(tx, {
      actor,
      action: 'submission.retry',
      subjectType: 'submission',
      subjectId: id,
      before: { status: 'FAILED', reason: failed.run.reasonCode },
      after: { status: 'QUEUED' },
    })
  })
  await queue.wake(1)
}
