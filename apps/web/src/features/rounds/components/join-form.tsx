import { Button, TextInput } from '@mantine/core'
import type { Round } from '@taikai/shared/wire/round'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Panel } from '../../../components/ui/panel.tsx'
import { ProblemAlert } from '../../../components/ui/problem-alert.tsx'
import { useTexts } from '../../../i18n/i18n.ts'
import { joinRound } from '../api/entry.ts'

/** Joins a round with an account that exists already; says how where the round does not let one. */
export function JoinForm({ round: { slug, rules } }: { round: Pick<Round, 'slug' | 'rules'> }) {
  const { t } = useTexts()
  const queryClient = useQueryClient()
  const [code, setCode] = useState('')
  const needsCode = rules.joinPolicy === 'CODE'
  const join = useMutation({
    mutationFn: () => (needsCode ? joinRound(slug, code.trim()) : joinRound(slug)),
    onSuccess: () => queryClient.invalidateQueries(),
  })
  if (rules.joinPolicy === 'ROSTER') return <p>{t('team.joinRoster')}</p>
  return (
    <Panel title={t('rounds.joinTitle')}>
      <p>{needsCode ? t('rounds.joinLead') : t('team.joinOpen')}</p>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          join.mutate()
        }}
      >
        {needsCode && (
          <TextInput
            label={t('rounds.joinCode')}
            value={code}
            onChange={(event) => setCode(event.currentTarget.value)}
            autoComplete="off"
            required
          />
        )}
        <ProblemAlert error={join.error} />
        <Button type="submit" mt="md" loading={join.isPending}>
          {t('rounds.nextJoin')}
        </Button>
      </form>
    </Panel>
  )
}
