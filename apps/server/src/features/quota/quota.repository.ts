import type { ZonedDay } from '@taikai/shared/zoned-time'
import type { Entry } from '../../generated/prisma/client.ts'
import type { Db } from '../../platform/prisma.ts'

/** Submissions that cost quota: of one day, and of all. */
export type QuotaUse = { day: number; total: number }

/** Locks an entry until the transaction ends: who takes quota from it takes it one after another. Null where it is gone. */
export async function lockEntry(tx: Db, id: string): Promise<Pick<Entry, 'kind'> | null> {
  await tx.$queryRaw`SELECT 1 FROM "Entry" WHERE "id" = ${id}::uuid FOR NO KEY UPDATE`
  return tx.entry.findUnique({ where: { id }, select: { kind: true } })
}

/** The day of a submission is that of its arrival, whenever it was accepted, scored or returned. */
export async function countQuotaUse(db: Db, entryId: string, day: ZonedDay): Promise<QuotaUse> {
  const [use] = await db.$queryRaw<[QuotaUse]>`
    SELECT count(*) FILTER (WHERE "receivedAt" >= ${day.startsAt} AND "receivedAt" < ${day.endsAt})::int AS "day", count(*)::int AS "total"
    FROM "Submission" WHERE "entryId" = ${entryId}::uuid AND NOT "quotaReturned"`
  return use
}
