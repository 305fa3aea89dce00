import { TaikaiError } from '@taikai/shared/errors'
import type { AuditAction } from '@taikai/shared/messages/audit-action'
import type { PrismaClient } from '../../generated/prisma/client.ts'
import { notify } from '../../platform/events.ts'
import type { Db } from '../../platform/prisma.ts'
import { type Actor, recordAudit } from '../audit/audit.repository.ts'
import { rulesOf } from './round-rules.ts'
import { lockRound, type RoundRow } from './rounds.repository.ts'

/**
 * One change of a round by an instructor, in a transaction of its own: the round is locked, the change made, recorded as
 * `action`, and announced. Throws NOT_FOUND, and what `change` throws.
 */
export async function changeRound(
  prisma: PrismaClient,
  actor: Actor,
  slug: string,
  action: AuditAction,
  change: (tx: Db, round: RoundRow) => Promise<RoundRow>,
): Promise<RoundRow> {
  return prisma.$transaction(async (tx) => {
    const before = await lockRound(tx, slug)
    if (before === null) throw new TaikaiError('NOT_FOUND')
    const after = await change(tx, before)
    await recordRound(tx, actor, action, before, after)
    for (const topic of ['rounds', `round/${slug}`, `leaderboard/${slug}`]) await notify(tx, { topic })
    return after
  })
}

/** Records what became of a round: made (`before` is null), changed, or deleted (`after` is null). */
export async function recordRound(
  tx: Db,
  actor: Actor,
  action: AuditAction,
  before: RoundRow | null,
  after: RoundRow | null,
): Promise<void> {
  const round = after ?? before
  if (round === null) throw new Error(`${action} concerns no round`)
  await recordAudit(tx, {
    actor,
    action,
    subjectType: 'round',
    subjectId: round.slug,
    ...(before && { before: auditedFields(before) }),
    ...(after && { after: auditedFields(after) }),
  })
}

/** What the audit log keeps of a round: everything that instructors set, and no secret. */
function auditedFields(round: RoundRow) {
  return {
    title: round.title,
    description: round.description,
    datasetId: round.datasetId,
    publicPercent: round.publicPercent,
    timeZone: round.timeZone,
    opensAt: round.opensAt?.toISOString() ?? null,
    freezesAt: round.freezesAt?.toISOString() ?? null,
    closesAt: round.closesAt?.toISOString() ?? null,
    publishedAt: round.publishedAt?.toISOString() ?? null,
    visitorsMaySee: round.visitorsMaySee,
    ...rulesOf(round),
  }
}
