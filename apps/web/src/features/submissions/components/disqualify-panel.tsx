import { Group, Textarea } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import type { Submission } from '@taikai/shared/wire/submission'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { ConfirmButton } from '../../../components/ui/confirm-button.tsx'
import { Panel } from '../../../components/ui/panel.tsx'
import { useTexts } from '../../../i18n/i18n.ts'
import { disqualifyEntry, disqualifySubmission } from '../api/disqualify.ts'

/** Lets an instructor take a submission or its team out of the ranking, with a reason, and back in. */
export function DisqualifyPanel({ submission }: { submission: Submission }) {
  const { t } = useTexts()
  const queryClient = useQueryClient()
  const [reason, setReason] = useState('')
  const { id, roundSlug, entryId, entryName: name, disqualified, entryDisqualified } = submission

  const after = (change: (reason: string | null) => Promise<unknown>, given: string | null) => async () => {
    await change(given)
    setReason('')
    notifications.show({ message: t('disqualification.done') })
    await queryClient.invalidateQueries()
  }
  const ofSubmission = (given: string | null) => disqualifySubmission(id, given)
  const ofTeam = (given: string | null) => disqualifyEntry(roundSlug, entryId, given)
  return (
    <Panel title={t('disqualification.title')}>
      {(disqualified === null || entryDisqualified === null) && (
        <Textarea
          label={t('disqualification.reason')}
          description={t('disqualification.reasonHint')}
          value={reason}
          maxLength={500}
          autosize
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      )}
      <Group mt="md">
        {/* Keys: each button has a dialog of its own, which must not stay open over the other's. */}
        {disqualified === null ? (
          <ConfirmButton
            key="disqualify"
            label={t('disqualification.doSubmission')}
            question={t('disqualification.submission')}
            disabled={reason.trim() === ''}
            onConfirm={after(ofSubmission, reason)}
          />
        ) : (
          <ConfirmButton
            key="undo"
            label={t('disqualification.undoSubmission')}
            question={t('disqualification.undoSure')}
            onConfirm={after(ofSubmission, null)}
          />
        )}
        {entryDisqualified === null ? (
          <ConfirmButton
            key="disqualify team"
            label={t('disqualification.doTeam', { name })}
            question={t('disqualification.team')}
            disabled={reason.trim() === ''}
            onConfirm={after(ofTeam, reason)}
          />
        ) : (
          <ConfirmButton
            key="undo team"
            label={t('disqualification.undoTeam')}
            question={t('disqualification.undoSure')}
            onConfirm={after(ofTeam, null)}
          />
        )}
      </Group>
    </Panel>
  )
}
