import { Alert } from '@mantine/core'
import type { Round } from '@taikai/shared/wire/round'
import { useRoundTime } from '../../../components/ui/round-time.tsx'
import { useTexts } from '../../../i18n/i18n.ts'

/** Why a round takes no submissions now, with the date. */
export function RoundNotice({
  round,
}: {
  round: Pick<Round, 'state' | 'opensAt' | 'closesAt' | 'timeZone'>
}) {
  const { t } = useTexts()
  const at = useRoundTime(round.timeZone)
  let text = t('rounds.draftNotice')
  if ((round.state === 'closed' || round.state === 'published') && round.closesAt !== null)
    text = t('rounds.closedNotice', { time: at(round.closesAt) })
  if (round.state === 'scheduled' && round.opensAt !== null)
    text = t('rounds.scheduledNotice', { time: at(round.opensAt) })
  return (
    <Alert color="shu" variant="light" c="var(--ink)">
      {text}
    </Alert>
  )
}
