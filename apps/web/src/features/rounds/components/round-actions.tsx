import { notifications } from '@mantine/notifications'
import type { Round } from '@taikai/shared/wire/round'
import { useQueryClient } from '@tanstack/react-query'
import { ConfirmButton } from '../../../components/ui/confirm-button.tsx'
import { useTexts } from '../../../i18n/i18n.ts'
import { actOnRound, type RoundAction } from '../api/change-round.ts'

type Props = { round: Pick<Round, 'slug' | 'state' | 'title' | 'rankingFrozen'> }

function actionsOf({ state, rankingFrozen }: Props['round']): readonly RoundAction[] {
  if (state === 'draft' || state === 'scheduled') return ['open']
  if (state === 'open') return ['freeze', 'close']
  if (state === 'frozen') return ['unfreeze', 'close']
  return state === 'closed' && rankingFrozen ? ['unfreeze'] : []
}

/** What an instructor may do with a round by hand in its present state. */
export function RoundActions({ round }: Props) {
  const { t } = useTexts()
  const queryClient = useQueryClient()
  const { slug, title } = round
  const words = {
    open: [t('admin.open'), t('admin.openSure', { title })],
    close: [t('admin.close'), t('admin.closeSure', { title })],
    freeze: [t('lifeCycle.freeze'), t('lifeCycle.freezeSure', { title })],
    unfreeze: [t('lifeCycle.unfreeze'), t('lifeCycle.unfreezeSure', { title })],
  } as const satisfies Record<RoundAction, unknown>
  return actionsOf(round).map((action) => {
    const [label, question] = words[action]
    return (
      <ConfirmButton
        key={action}
        label={label}
        question={question}
        onConfirm={async () => {
          await actOnRound(slug, action)
          notifications.show({ message: t(`lifeCycle.done.${action}`) })
          void queryClient.invalidateQueries()
        }}
      />
    )
  })
}
