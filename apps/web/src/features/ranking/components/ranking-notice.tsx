import { Alert } from '@mantine/core'
import type { Leaderboard } from '@taikai/shared/wire/leaderboard'
import type { Round } from '@taikai/shared/wire/round'
import type { ReactNode } from 'react'
import { RoundTime } from '../../../components/ui/round-time.tsx'
import { useTexts } from '../../../i18n/i18n.ts'

type Props = {
  round: Pick<Round, 'rankingFrozen' | 'freezesAt' | 'timeZone'>
  leaderboard: Pick<Leaderboard, 'view' | 'frozenAt' | 'version'>
}

/** What keeps this ranking from being what everybody sees: that it is frozen, here or for others, or not published. */
export function RankingNotice({ round, leaderboard }: Props) {
  const { t } = useTexts()
  const { view, frozenAt, version } = leaderboard
  if (view === 'final') return version === null ? <Notice>{t('ranking.previewNotice')}</Notice> : null
  const instant = frozenAt ?? (round.rankingFrozen ? round.freezesAt : null)
  if (instant === null) return null
  const [before, after] = t(frozenAt === null ? 'ranking.frozenForOthers' : 'ranking.frozenNotice').split(
    '<time/>',
  )
  return (
    <Notice>
      {before}
      <RoundTime instant={instant} timeZone={round.timeZone} />
      {after}
    </Notice>
  )
}

function Notice({ children }: { children: ReactNode }) {
  return (
    <Alert color="shu" variant="light" c="var(--ink)" mb="md">
      {children}
    </Alert>
  )
}
