import type { Quota, Round } from '@taikai/shared/wire/round'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useRoundTime } from '../../../components/ui/round-time.tsx'
import { useTexts } from '../../../i18n/i18n.ts'
import { count } from '../../../lib/format.ts'
import { useServerNow } from '../../../lib/use-now.ts'
import { entryQuery } from '../api/entry.ts'

export function isUsedUp({ dayLeft, totalLeft }: Quota): boolean {
  return dayLeft === 0 || totalLeft === 0
}

type Props = { round: Pick<Round, 'slug' | 'timeZone' | 'serverTime'> }

/** What the viewer's entry may still submit, and when the next slot comes; nothing where there is no limit. */
export function QuotaNote({ round }: Props) {
  const { t } = useTexts()
  const { data: entry } = useQuery(entryQuery(round.slug))
  const at = useRoundTime(round.timeZone)
  const quota = entry?.quota
  useRefetchAt(quota?.nextSlotAt ?? null, round)
  if (quota === undefined) return null
  const { dayLeft, dayLimit, totalLeft, totalLimit, nextSlotAt } = quota
  const words = [
    dayLeft !== null && dayLimit !== null && t('quota.day', { left: count(dayLeft), limit: count(dayLimit) }),
    totalLeft !== null &&
      totalLimit !== null &&
      t('quota.total', { left: count(totalLeft), limit: count(totalLimit) }),
    nextSlotAt !== null && t('quota.next', { time: at(nextSlotAt) }),
    isUsedUp(quota) && nextSlotAt === null && t('quota.noNext'),
  ].filter((line) => line !== false)
  if (words.length === 0) return null
  return (
    <span role="status" aria-label={t('quota.title')}>
      {words.join(' · ')}
    </span>
  )
}

/** When the time has come, the entry is asked for again. */
function useRefetchAt(instant: string | null, { slug, serverTime }: Props['round']): void {
  const queryClient = useQueryClient()
  const now = useServerNow(serverTime)
  const due = instant !== null && now >= new Date(instant)
  useEffect(() => {
    if (due) void queryClient.invalidateQueries({ queryKey: ['entry', slug] })
  }, [due, queryClient, slug])
}
