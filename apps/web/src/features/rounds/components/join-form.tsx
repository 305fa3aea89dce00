import { Button, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Panel } from '../../../components/ui/panel.tsx'
import { ProblemAlert } from '../../../components/ui/problem-alert.tsx'
import { useTexts } from '../../../i18n/i18n.ts'
import { joinRound } from '../api/entry.ts'

/** Joins a round with an account that exists already. */
export function JoinForm({ slug }: { slug: string }) {
  const { t } = useTexts()
  const queryClient = useQueryClient()
  const [code, setCode] = useState('')
  const join = useMutation({
    mutationFn: () => joinRound(slug, code.trim()),
    onSuccess: () => queryClient.invalidateQueries(),
  })
  return (
    <Panel title={t('rounds.joinTitle')}>
      <p>{t('rounds.joinLead')}</p>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          join.mutate()
        }}
      >
        <TextInput
          label={t('rounds.joinCode')}
          value={code}
          onChange={(event) => setCode(event.currentTarget.value)}
          autoComplete="off"
          required
        />
        <ProblemAlert error={join.error} />
        <Button type="submit" mt="md" loading={join.isPending}>
          {t('rounds.nextJoin')}
        </Button>
      </form>
    </Panel>
  )
}
