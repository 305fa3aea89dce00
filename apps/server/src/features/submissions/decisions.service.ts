import { TaikaiError } from '@taikai/shared/errors'
import type { PrismaClient } from '../../generated/prisma/client.ts'
import { notify } from '../../platform/events.ts'
import { type Actor, recordAudit } from '../audit/audit.repository.ts'
import type { RenewStandings } from '../leaderboard/publish.service.ts'
import { lockRound } from '../rounds/rounds.repository.ts'
import { countOtherPicks, findForDecision, lockPicks, updateDecision } from './decisions.repository.ts'
import { assertPicksOpen, canSeeSubmission } from './submissions.policy.ts'

type Person = { id: string; role: 'STUDENT' | 'INSTRUCTOR' }

/**
 * Picks a submission for the final ranking, whatever has become of it, or takes the pick back. Throws NOT_FOUND for whom it is
 * not, FINAL_PICKS_LOCKED when it is too late, and FINAL_PICKS_FULL (with `limit`) when its entry has as many picks as it may.
 */
export async function setFinalPick(
  prisma: PrismaClient,
  actor: Actor,
  { id, viewer, pick, now }: { id: string; viewer: Person; pick: boolean; now: Date },
): Promise<void> {
  await prisma.$transaction(async (tx) => {
    const submission = await findForDecision(tx, id)
    if (submission === null || !canSeeSubmission(viewer, submission)) throw new TaikaiError('NOT_FOUND')
    assertPicksOpen(submission.round, viewer, now)
    await lockPicks(tx, submission.entryId)
    const limit = submission.round.finalPicks
    if (pick && (await countOtherPicks(tx, submission)) >= limit) {
      throw new TaikaiError('FINAL_PICKS_FULL', { limit })
    }
    await updateDecision(tx, submission, { finalPick: pick })
    if (viewer.role !== 'INSTRUCTOR') return
    await recordAudit(tx, {
      actor,
      action: 'submission.pick',
      subjectType: 'submission',
      subjectId: id,
      before: { finalPick: submission.finalPick },
      after: { finalPick: pick },
    })
  })
}

/** Takes a submission out of every ranking with a reason, or, with null, lets it back in. Throws NOT_FOUND. */
export async function setDisqualified(
  { prisma, renewStandings }: { prisma: PrismaClient; renewStandings: RenewStandings },
  actor: Actor,
  id: string,
  disqualified: { at: Date; reason: string } | null,
): Promise<void> {
  await prisma.$transaction(async (tx) => {
    const submission = await findForDecision(tx, id)
    if (submission === null) throw new TaikaiError('NOT_FOUND')
    // Before the submission, as a rescore that goes live does: neither may wait for the other.
    await lockRound(tx, submission.round.slug)
    const reason = disqualified?.reason ?? null
    await updateDecision(tx, submission, {
      disqualifiedAt: disqualified?.at ?? null,
      disqualifiedReason: reason,
    })
    await recordAudit(tx, {
      actor,
      action: disqualified === null ? 'submission.requalify' : 'submission.disqualify',
      subjectType: 'submission',
      subjectId: id,
      before: { reason: submission.disqualifiedReason },
      after: { reason },
    })
    await notify(tx, { topic: `leaderboard/${submission.round.slug}` })
    await renewStandings(tx, submission.round.slug)
  })
}
