import { Button, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import type { Team } from '@taikai/shared/wire/team'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Panel } from '../../../components/ui/panel.tsx'
import { ProblemAlert } from '../../../components/ui/problem-alert.tsx'
import { useTexts } from '../../../i18n/i18n.ts'
import { putStudent } from '../api/teams.ts'
import { ownTeam, TeamSelect } from './team-select.tsx'

/** Puts a student into the round by their e-mail address. */
export function AddStudentForm({ slug, teams }: { slug: string; teams: readonly Team[] }) {
  const { t } = useTexts()
  const queryClient = useQueryClient()
  const [email, setEmail] = useState('')
  const [team, setTeam] = useState(ownTeam)
  const add = useMutation({
    mutationFn: () => putStudent(slug, email.trim(), team === ownTeam ? null : team),
    onSuccess: async () => {
      setEmail('')
      notifications.show({ message: t('team.saved') })
      await queryClient.invalidateQueries({ queryKey: ['round', slug] })
    },
  })
  return (
    <Panel title={t('team.addTitle')}>
      <form
        style={{ maxWidth: 440 }}
        onSubmit={(event) => {
          event.preventDefault()
          add.mutate()
        }}
      >
        <TextInput
          label={t('team.addEmail')}
          description={t('team.addHint')}
          type="email"
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
          autoComplete="off"
          required
        />
        <TeamSelect label={t('team.addTo')} value={team} teams={teams} withOwn onChange={setTeam} />
        <ProblemAlert error={add.error} />
        <Button type="submit" mt="md" loading={add.isPending}>
          {t('team.add')}
        </Button>
      </form>
    </Panel>
  )
}
