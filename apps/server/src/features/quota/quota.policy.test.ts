import { zonedDay } from '@taikai/shared/zoned-time'
import { describe, expect, it } from 'vitest'
import { assertQuotaLeft, type QuotaRules, quotaLeft } from './quota.policy.ts'

// 21:00 in Tokyo, whose day ends at 15:00 UTC.
const day = zonedDay(new Date('2026-12-04T12:00:00Z'), 'Asia/Tokyo')
const midnight = '2026-12-04T15:00:00.000Z'
const rules = (overrides: Partial<QuotaRules>): QuotaRules => ({
  submissionsPerDay: 3,
  submissionsTotal: 10,
  timeZone: 'Asia/Tokyo',
  closesAt: null,
  ...overrides,
})

describe('what is left', () => {
  it.each([
    ['some of the day', {}, { day: 1, total: 4 }, { dayLeft: 2, totalLeft: 6, nextSlotAt: null }],
    [
      'nothing today, more tomorrow',
      {},
      { day: 3, total: 4 },
      { dayLeft: 0, totalLeft: 6, nextSlotAt: midnight },
    ],
    ['nothing at all', {}, { day: 3, total: 10 }, { dayLeft: 0, totalLeft: 0, nextSlotAt: null }],
    [
      'nothing before the close',
      { closesAt: new Date(midnight) },
      { day: 3, total: 4 },
      { dayLeft: 0, totalLeft: 6, nextSlotAt: null },
    ],
    [
      'nothing after a limit was lowered',
      { submissionsPerDay: 1 },
      { day: 3, total: 4 },
      { dayLeft: 0, totalLeft: 6, nextSlotAt: midnight },
    ],
    [
      'as much as one likes',
      { submissionsPerDay: null, submissionsTotal: null },
      { day: 300, total: 4000 },
      { dayLeft: null, totalLeft: null, dayLimit: null, totalLimit: null, nextSlotAt: null },
    ],
  ])('%s', (_what, overrides, used, expected) => {
    expect(quotaLeft(rules(overrides), used, day)).toMatchObject(expected)
  })
})

describe('what is refused', () => {
  const refusal = (overrides: Partial<QuotaRules>, used: { day: number; total: number }) => () =>
    assertQuotaLeft(rules(overrides), used, day)

  it('the day’s last is taken, the next one is told when to come again', () => {
    expect(refusal({}, { day: 2, total: 2 })).not.toThrow()
    const params = { limit: 3, nextSlotAt: midnight, timeZone: 'Asia/Tokyo' }
    expect(refusal({}, { day: 3, total: 3 })).toThrow(
      expect.objectContaining({ code: 'QUOTA_DAY_USED', params }),
    )
  })

  it('the total is told before the day: no other day brings more', () => {
    expect(refusal({}, { day: 3, total: 10 })).toThrow(
      expect.objectContaining({ code: 'QUOTA_TOTAL_USED', params: { limit: 10 } }),
    )
  })
})
