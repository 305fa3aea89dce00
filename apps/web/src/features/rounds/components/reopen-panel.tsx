import { notifications } from '@mantine/notifications'
import type { Round } from '@taikai/shared/wire/round'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { ConfirmButton } from '../../../components/ui/confirm-button.tsx'
import { Panel } from '../../../components/ui/panel.tsx'
import { useTexts } from '../../../i18n/i18n.ts'
import { reopenRound } from '../api/change-round.ts'
import { DateField } from './date-field.tsx'
import { toInstant } from './round-form-values.ts'

/** Opens a closed round again. */
export function ReopenPanel({ round }: { round: Pick<Round, 'slug' | 'title' | 'timeZone'> }) {
  const { t } = useTexts()
  const queryClient = useQueryClient()
  const [until, setUntil] = useState<string | null>(null)
  const { slug, title, timeZone } = round
  return (
    <Panel title={t('lifeCycle.reopenTitle')}>
      <p>{t('lifeCycle.reopenLead')}</p>
      <DateField
        ends
        label={t('lifeCycle.reopenUntil')}
        timeZone={timeZone}
        value={until}
        onChange={setUntil}
        mb="md"
      />
      <ConfirmButton
        label={t('lifeCycle.reopen')}
        question={t('lifeCycle.reopenSure', { title })}
        onConfirm={async () => {
          await reopenRound(slug, toInstant(until, timeZone))
          notifications.show({ message: t('lifeCycle.reopened') })
          void queryClient.invalidateQueries()
        }}
      />
    </Panel>
  )
}
