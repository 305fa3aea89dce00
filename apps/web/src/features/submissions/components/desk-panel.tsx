import { Group } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import type { Submission } from '@taikai/shared/wire/submission'
import { useQueryClient } from '@tanstack/react-query'
import { ConfirmButton } from '../../../components/ui/confirm-button.tsx'
import { Panel } from '../../../components/ui/panel.tsx'
import { useTexts } from '../../../i18n/i18n.ts'
import { markBaseline, retrySubmission } from '../api/desk.ts'

/** What an instructor does with a submission besides scoring and disqualifying it: retry what failed, and make it a baseline. */
export function DeskPanel({ submission }: { submission: Submission }) {
  const { t } = useTexts()
  const queryClient = useQueryClient()
  const { id, status, roundSlug, entryId, entryKind, entryName: name } = submission
  const isBaseline = entryKind === 'BASELINE'
  const after = (change: () => Promise<unknown>, message: string) => async () => {
    await change()
    notifications.show({ message })
    await queryClient.invalidateQueries()
  }
  return (
    <Panel title={t('desk.title')}>
      {status === 'FAILED' && (
        <Group mb="md">
          <ConfirmButton
            label={t('desk.retry')}
            question={t('desk.retrySure')}
            onConfirm={after(() => retrySubmission(id), t('desk.retried'))}
          />
        </Group>
      )}
      <p className="muted">{t('desk.baselineLead')}</p>
      <ConfirmButton
        // Each has a dialog of its own, which must not stay open over the other's.
        key={entryKind}
        label={t(isBaseline ? 'desk.unmark' : 'desk.mark', { name })}
        question={t(isBaseline ? 'desk.unmarkSure' : 'desk.markSure', { name })}
        onConfirm={after(() => markBaseline(roundSlug, entryId, !isBaseline), t('desk.marked'))}
      />
    </Panel>
  )
}
