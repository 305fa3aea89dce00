import { Button, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import type { Round } from '@taikai/shared/wire/round'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Panel } from '../../../components/ui/panel.tsx'
import { ProblemAlert } from '../../../components/ui/problem-alert.tsx'
import { useTexts } from '../../../i18n/i18n.ts'
import { cloneRound } from '../api/change-round.ts'

type Props = { round: Pick<Round, 'slug' | 'title'>; onDone(clone: Round): void }

/** Makes a draft with the settings and rules of this round. */
export function ClonePanel({ round, onDone }: Props) {
  const { t } = useTexts()
  const queryClient = useQueryClient()
  const [title, setTitle] = useState(round.title)
  const [slug, setSlug] = useState('')
  const clone = useMutation({
    mutationFn: () => cloneRound(round.slug, { title, slug }),
    onSuccess: async (made) => {
      notifications.show({ message: t('lifeCycle.cloned') })
      await queryClient.invalidateQueries()
      onDone(made)
    },
  })
  return (
    <Panel title={t('lifeCycle.cloneTitle')}>
      <p>{t('lifeCycle.cloneLead')}</p>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          clone.mutate()
        }}
      >
        <TextInput
          label={t('lifeCycle.cloneName')}
          value={title}
          maxLength={120}
          onChange={(event) => setTitle(event.currentTarget.value)}
          required
        />
        <TextInput
          mt="sm"
          label={t('admin.fieldSlug')}
          description={t('admin.slugHint')}
          value={slug}
          maxLength={60}
          onChange={(event) => setSlug(event.currentTarget.value)}
          required
        />
        <ProblemAlert error={clone.error} />
        <Button type="submit" variant="default" mt="md" loading={clone.isPending}>
          {t('lifeCycle.clone')}
        </Button>
      </form>
    </Panel>
  )
}
