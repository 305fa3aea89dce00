import { notifications } from '@mantine/notifications'
import type { Round, UpdateRound } from '@taikai/shared/wire/round'
import type { ChangeEffect } from '@taikai/shared/wire/round-changes'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTexts } from '../../../i18n/i18n.ts'
import { updateRound } from '../api/change-round.ts'
import { effectsOfChange } from '../api/round-changes.ts'
import { ChangeDialog } from './change-dialog.tsx'
import { RoundForm } from './round-form/round-form.tsx'
import type { DatasetChoice } from './round-form/section-props.ts'
import { fromRound } from './round-form-values.ts'

/** Changes a round. Once it has begun, what that does to whom is said first. */
export function EditRoundForm({ round, datasets }: { round: Round; datasets: readonly DatasetChoice[] }) {
  const { t } = useTexts()
  const queryClient = useQueryClient()
  const [asked, setAsked] = useState<{ changes: UpdateRound; effects: ChangeEffect[] } | null>(null)
  const { slug, state, admin, timeZone } = round
  const hasBegun = state !== 'draft' && state !== 'scheduled'

  async function save(changes: UpdateRound): Promise<void> {
    await updateRound(slug, changes)
    notifications.show({ message: t('admin.saved') })
    await queryClient.invalidateQueries()
  }

  async function submit(changes: UpdateRound): Promise<void> {
    const effects = hasBegun ? await effectsOfChange(slug, changes) : []
    if (effects.length === 0) await save(changes)
    else setAsked({ changes, effects })
  }

  return (
    <>
      <RoundForm
        initialValues={fromRound(round)}
        datasets={datasets}
        mode={(admin?.submissionCount ?? 0) > 0 ? 'edit-locked' : 'edit'}
        action={t('app.save')}
        onSubmit={(_, changes) => submit(changes)}
      />
      {asked !== null && (
        <ChangeDialog
          effects={asked.effects}
          timeZone={timeZone}
          onConfirm={() => save(asked.changes)}
          onClose={() => setAsked(null)}
        />
      )}
    </>
  )
}
