import { TaikaiError } from '@taikai/shared/errors'
import type { Quota } from '@taikai/shared/wire/round'
import { zonedDay } from '@taikai/shared/zoned-time'
import type { Db } from '../../platform/prisma.ts'
import { assertQuotaLeft, type QuotaRules, quotaLeft } from './quota.policy.ts'
import { countQuotaUse, lockEntry } from './quota.repository.ts'

/** What an entry may still submit at `now`. */
export async function quotaOf(db: Db, round: QuotaRules, entryId: string, now: Date): Promise<Quota> {
  const day = zonedDay(now, round.timeZone)
  return quotaLeft(round, await countQuotaUse(db, entryId, day), day)
}

/** Throws as `takeQuota` does, without taking: for refusing before an upload is read. */
export async function requireQuota(
  db: Db,
  round: QuotaRules,
  entryId: string,
  receivedAt: Date,
): Promise<void> {
  if (round.submissionsPerDay === null && round.submissionsTotal === null) return
  const day = zonedDay(receivedAt, round.timeZone)
  assertQuotaLeft(round, await countQuotaUse(db, entryId, day), day)
}

/**
 * Takes quota for a submission that arrived at `receivedAt`, which this transaction inserts. The entry is locked until then, so
 * that many at once get no more than there is. Baselines are free of it. Throws QUOTA_DAY_USED, QUOTA_TOTAL_USED, and
 * ROUND_NOT_JOINED where the entry was given up while the upload went on.
 */
export async function takeQuota(tx: Db, round: QuotaRules, entryId: string, receivedAt: Date): Promise<void> {
  const entry = await lockEntry(tx, entryId)
  if (entry === null) throw new TaikaiError('ROUND_NOT_JOINED')
  if (entry.kind !== 'BASELINE') await requireQuota(tx, round, entryId, receivedAt)
}
