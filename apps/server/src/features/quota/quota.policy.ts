import { TaikaiError } from '@taikai/shared/errors'
import type { Quota } from '@taikai/shared/wire/round'
import type { ZonedDay } from '@taikai/shared/zoned-time'
import type { Round } from '../../generated/prisma/client.ts'
import type { QuotaUse } from './quota.repository.ts'

/** What a round says of quota, in its own words. */
export type QuotaRules = Pick<Round, 'submissionsPerDay' | 'submissionsTotal' | 'timeZone' | 'closesAt'>

/** What is left to an entry on a day of the round. A limit that was lowered below what is used leaves 0. */
export function quotaLeft(rules: QuotaRules, used: QuotaUse, day: ZonedDay): Quota {
  const { submissionsPerDay: dayLimit, submissionsTotal: totalLimit, closesAt } = rules
  const left = (limit: number | null, count: number) => (limit === null ? null : Math.max(0, limit - count))
  const dayLeft = left(dayLimit, used.day)
  const totalLeft = left(totalLimit, used.total)
  const comes = dayLeft === 0 && totalLeft !== 0 && (closesAt === null || day.endsAt < closesAt)
  return { dayLimit, dayLeft, totalLimit, totalLeft, nextSlotAt: comes ? day.endsAt.toISOString() : null }
}

/** Throws QUOTA_TOTAL_USED (`limit`), or QUOTA_DAY_USED (`limit`, `nextSlotAt`, `timeZone`), where nothing is left. */
export function assertQuotaLeft(rules: QuotaRules, used: QuotaUse, day: ZonedDay): void {
  const { submissionsPerDay, submissionsTotal, timeZone } = rules
  if (submissionsTotal !== null && used.total >= submissionsTotal) {
    throw new TaikaiError('QUOTA_TOTAL_USED', { limit: submissionsTotal })
  }
  if (submissionsPerDay !== null && used.day >= submissionsPerDay) {
    const nextSlotAt = day.endsAt.toISOString()
    throw new TaikaiError('QUOTA_DAY_USED', { limit: submissionsPerDay, nextSlotAt, timeZone })
  }
}
