import { notifications } from '@mantine/notifications'
import type { Team } from '@taikai/shared/wire/team'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { ConfirmButton } from '../../../components/ui/confirm-button.tsx'
import { useTexts } from '../../../i18n/i18n.ts'
import { mergeTeams, putStudent, removeMember } from '../api/teams.ts'
import { ownTeam, TeamSelect } from './team-select.tsx'

type Member = Team['members'][number]

/** What follows every change: its announcement, and the teams as they are now. */
function useAfterChange(slug: string): () => Promise<void> {
  const { t } = useTexts()
  const queryClient = useQueryClient()
  return async () => {
    notifications.show({ message: t('team.saved') })
    await queryClient.invalidateQueries({ queryKey: ['round', slug] })
  }
}

type MoveProps = { slug: string; member: Member; others: readonly Team[]; isAlone: boolean }

/** Moves a member to another team, or to one of their own where they are not alone already. */
export function MoveButton({ slug, member, others, isAlone }: MoveProps) {
  const { t } = useTexts()
  const afterChange = useAfterChange(slug)
  const first = isAlone ? others[0]?.id : ownTeam
  const [chosen, setChosen] = useState<string | null>(null)
  const target = chosen ?? first
  if (target === undefined) return null
  return (
    <ConfirmButton
      label={t('team.move')}
      question={t('team.moveSure', { name: member.name })}
      onConfirm={async () => {
        await putStudent(slug, member.email, target === ownTeam ? null : target)
        await afterChange()
      }}
    >
      <TeamSelect
        label={t('team.moveTo')}
        value={target}
        teams={others}
        withOwn={!isAlone}
        onChange={setChosen}
      />
    </ConfirmButton>
  )
}

/** Takes a member out of the round. */
export function RemoveButton({ slug, team, member }: { slug: string; team: Team; member: Member }) {
  const { t } = useTexts()
  const afterChange = useAfterChange(slug)
  return (
    <ConfirmButton
      label={t('team.remove')}
      question={t('team.removeSure', { name: member.name, team: team.name })}
      onConfirm={async () => {
        await removeMember(slug, team.id, member.id)
        await afterChange()
      }}
    />
  )
}

/** Merges a team into another one. */
export function MergeButton({ slug, team, others }: { slug: string; team: Team; others: readonly Team[] }) {
  const { t } = useTexts()
  const afterChange = useAfterChange(slug)
  const [chosen, setChosen] = useState<string | null>(null)
  const target = chosen ?? others[0]?.id
  if (target === undefined) return null
  return (
    <ConfirmButton
      label={t('team.merge')}
      question={t('team.mergeSure', { team: team.name })}
      onConfirm={async () => {
        await mergeTeams(slug, team.id, target)
        await afterChange()
      }}
    >
      <TeamSelect
        label={t('team.mergeInto')}
        value={target}
        teams={others}
        withOwn={false}
        onChange={setChosen}
      />
    </ConfirmButton>
  )
}
