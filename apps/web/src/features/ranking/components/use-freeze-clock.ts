import type { Round } from '@taikai/shared/wire/round'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useServerNow } from '../../../lib/use-now.ts'

/** No event tells that a ranking freezes: when the time has come, the round and its ranking are asked for again. */
export function useFreezeClock({
  rankingFrozen,
  freezesAt,
  serverTime,
}: Pick<Round, 'rankingFrozen' | 'freezesAt' | 'serverTime'>): void {
  const queryClient = useQueryClient()
  const now = useServerNow(serverTime)
  const due = freezesAt !== null && !rankingFrozen && now >= new Date(freezesAt)
  useEffect(() => {
    if (!due) return
    for (const key of ['round', 'rounds', 'leaderboard']) {
      void queryClient.invalidateQueries({ queryKey: [key] })
    }
  }, [due, queryClient])
}
