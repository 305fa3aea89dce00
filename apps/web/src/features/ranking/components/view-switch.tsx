import { SegmentedControl } from '@mantine/core'
import type { LeaderboardView } from '@taikai/shared/leaderboard-view'
import { useTexts } from '../../../i18n/i18n.ts'

type Props = { view: LeaderboardView; published: boolean; onChange(view: LeaderboardView): void }

/** Chooses between the ranking on the public images and the final one. */
export function ViewSwitch({ view, published, onChange }: Props) {
  const { t } = useTexts()
  return (
    <SegmentedControl
      mb="md"
      aria-label={t('ranking.views')}
      value={view}
      onChange={(chosen) => onChange(chosen === 'final' ? 'final' : 'public')}
      data={[
        { value: 'public', label: t('ranking.viewPublic') },
        { value: 'final', label: published ? t('ranking.viewFinal') : t('ranking.viewPreview') },
      ]}
    />
  )
}
