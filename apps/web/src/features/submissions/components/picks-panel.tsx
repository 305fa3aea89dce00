import type { Round } from '@taikai/shared/wire/round'
import type { Submission } from '@taikai/shared/wire/submission'
import { Panel } from '../../../components/ui/panel.tsx'
import { useTexts } from '../../../i18n/i18n.ts'

type Props = { round: Pick<Round, 'state' | 'rules'>; submissions: readonly Submission[] }

/** What a team has picked for the final ranking: how many more it may, and what counts if it picks none. */
export function PicksPanel({ round, submissions }: Props) {
  const { t, gap } = useTexts()
  const limit = round.rules.finalPicks
  const over = round.state === 'closed' || round.state === 'published'
  const picks = submissions.filter(({ finalPick }) => finalPick)
  const picked = picks.length
  // Where no pick counts, what counts is what would without picks (decision 013).
  const counts = picks.some(({ score, disqualified }) => score !== null && disqualified === null)
  return (
    <Panel title={t('picks.title')}>
      <p>{t('picks.lead', { limit })}</p>
      <p>
        {picked === 0 && `${t(over ? 'picks.noneOver' : 'picks.none', { limit })}${gap}`}
        {counts && `${t('picks.some')}${gap}`}
        <b>
          {round.state === 'published'
            ? t('picks.lockedPublished')
            : round.state === 'closed'
              ? t('picks.locked')
              : picked < limit
                ? t('picks.left', { left: limit - picked })
                : t('picks.full', { limit })}
        </b>
      </p>
    </Panel>
  )
}
