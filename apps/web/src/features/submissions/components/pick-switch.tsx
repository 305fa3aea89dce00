import { Switch } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { errorMessage } from '@taikai/shared/messages/error-message'
import type { Submission } from '@taikai/shared/wire/submission'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTexts } from '../../../i18n/i18n.ts'
import { RequestError } from '../../../lib/request-error.ts'
import { setFinalPick } from '../api/final-pick.ts'

type Props = {
  submission: Pick<Submission, 'id' | 'label' | 'finalPick'>
  /** Whether the team may pick no more; what is picked can still be taken back. */
  full: boolean
  /** In a table the column says what it is; the name is for those who cannot see that. */
  inTable?: boolean
}

/** Picks a submission for the final ranking. */
export function PickSwitch({ submission, full, inTable = false }: Props) {
  const { t, locale } = useTexts()
  const queryClient = useQueryClient()
  // The mutation tells of itself a moment after the click; until then the switch would jump back.
  const [wanted, setWanted] = useState<boolean | null>(null)
  const pick = useMutation({
    mutationFn: (picked: boolean) => setFinalPick(submission.id, picked),
    onSettled: async () => {
      await queryClient.invalidateQueries()
      setWanted(null)
    },
    onError: (error) => {
      const problem = error instanceof RequestError ? error.problem : null
      const message =
        problem === null
          ? t('app.unreachableTitle')
          : errorMessage(problem.code, problem.params, locale).title
      notifications.show({ color: 'shu', message })
    },
  })
  const label = submission.label === '' ? t('submission.untitled') : submission.label
  return (
    <Switch
      checked={wanted ?? submission.finalPick}
      disabled={full && !submission.finalPick}
      onChange={(event) => {
        setWanted(event.currentTarget.checked)
        pick.mutate(event.currentTarget.checked)
      }}
      {...(inTable ? { 'aria-label': t('picks.pickOf', { label }) } : { label: t('picks.pick') })}
    />
  )
}
