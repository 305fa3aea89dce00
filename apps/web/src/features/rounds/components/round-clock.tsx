import { acceptsSubmissions } from '@taikai/shared/round-state'
import type { Round } from '@taikai/shared/wire/round'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { RoundTime } from '../../../components/ui/round-time.tsx'
import { useTexts } from '../../../i18n/i18n.ts'
import { countdown } from '../../../lib/format.ts'
import { useServerNow } from '../../../lib/use-now.ts'

type Props = {
  round: Pick<Round, 'state' | 'opensAt' | 'freezesAt' | 'closesAt' | 'timeZone' | 'serverTime'>
}

/** How long until the round opens or closes, and the date itself. When it opens, freezes or closes, the round is asked for again. */
export function RoundClock({ round }: Props) {
  const { t } = useTexts()
  const queryClient = useQueryClient()
  const now = useServerNow(round.serverTime)
  const { state, timeZone } = round
  const running = acceptsSubmissions(state)
  const next = state === 'scheduled' ? round.opensAt : running ? round.closesAt : null
  const leftMs = next === null ? null : new Date(next).getTime() - now.getTime()
  const asked = new Date(round.serverTime)
  const due = [round.opensAt, round.freezesAt, round.closesAt].some(
    (at) => at !== null && new Date(at) > asked && new Date(at) <= now,
  )

  useEffect(() => {
    if (!due) return
    void queryClient.invalidateQueries({ queryKey: ['round'] })
    void queryClient.invalidateQueries({ queryKey: ['rounds'] })
  }, [due, queryClient])

  if (state === 'draft') return <span>{t('rounds.notScheduled')}</span>
  if (running && next === null) return <span>{t('rounds.noEnd')}</span>
  if (next === null || leftMs === null) {
    return (
      <span>
        {t('rounds.closedAt')}:{' '}
        {round.closesAt !== null && <RoundTime instant={round.closesAt} timeZone={timeZone} />}
      </span>
    )
  }
  const { days, clock } = countdown(leftMs)
  return (
    <>
      <span>
        {running ? t('rounds.closesIn') : t('rounds.opensIn')}{' '}
        <strong className="num" suppressHydrationWarning>
          {days > 0 ? t('rounds.days', { days, clock }) : clock}
        </strong>
      </span>
      <RoundTime instant={next} timeZone={timeZone} />
    </>
  )
}
