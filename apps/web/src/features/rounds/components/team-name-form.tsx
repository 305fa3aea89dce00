import { Button, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { ProblemAlert } from '../../../components/ui/problem-alert.tsx'
import { useTexts } from '../../../i18n/i18n.ts'
import { renameEntry } from '../api/entry.ts'

export function TeamNameForm({ slug, teamName }: { slug: string; teamName: string }) {
  const { t } = useTexts()
  const queryClient = useQueryClient()
  const [name, setName] = useState(teamName)
  const rename = useMutation({
    mutationFn: () => renameEntry(slug, name),
    onSuccess: async () => {
      notifications.show({ message: t('rounds.teamSaved') })
      await queryClient.invalidateQueries()
    },
  })
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        rename.mutate()
      }}
    >
      <TextInput
        label={t('rounds.teamName')}
        value={name}
        maxLength={60}
        onChange={(event) => setName(event.currentTarget.value)}
        required
      />
      <ProblemAlert error={rename.error} />
      <Button type="submit" variant="default" mt="md" loading={rename.isPending}>
        {t('app.save')}
      </Button>
    </form>
  )
}
