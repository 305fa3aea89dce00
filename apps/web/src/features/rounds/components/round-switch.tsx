import { notifications } from '@mantine/notifications'
import { acceptsSubmissions } from '@taikai/shared/round-state'
import type { Round } from '@taikai/shared/wire/round'
import { useQueryClient } from '@tanstack/react-query'
import { ConfirmButton } from '../../../components/ui/confirm-button.tsx'
import { useTexts } from '../../../i18n/i18n.ts'
import { setRoundState } from '../api/change-round.ts'

/** Opens a round that does not run, closes one that does. */
export function RoundSwitch({ round }: { round: Pick<Round, 'slug' | 'state' | 'title'> }) {
  const { t } = useTexts()
  const queryClient = useQueryClient()
  const { slug, title } = round
  const action = acceptsSubmissions(round.state) ? 'close' : 'open'
  return (
    <ConfirmButton
      label={t(`admin.${action}`)}
      question={t(`admin.${action}Sure`, { title })}
      onConfirm={async () => {
        await setRoundState(slug, action)
        notifications.show({ message: action === 'open' ? t('admin.opened') : t('admin.closed') })
        void queryClient.invalidateQueries()
      }}
    />
  )
}
