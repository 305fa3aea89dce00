import { notifications } from '@mantine/notifications'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { ConfirmButton } from '../../../components/ui/confirm-button.tsx'
import { useTexts } from '../../../i18n/i18n.ts'
import { undoLastAction, undoQuery } from '../api/round-changes.ts'

/** Takes back what was last done with a round by hand; nothing is shown where nothing can be. */
export function UndoButton({ slug }: { slug: string }) {
  const { t } = useTexts()
  const queryClient = useQueryClient()
  const { data: undo } = useQuery(undoQuery(slug))
  if (undo === undefined || undo.action === null) return null
  return (
    <ConfirmButton
      label={t(`changes.undo.${undo.action}`)}
      question={t(`changes.undoSure.${undo.action}`)}
      onConfirm={async () => {
        await undoLastAction(slug)
        notifications.show({ message: t('changes.undone') })
        void queryClient.invalidateQueries()
      }}
    />
  )
}
