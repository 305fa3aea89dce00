import { NativeSelect } from '@mantine/core'
import type { Team } from '@taikai/shared/wire/team'
import { useTexts } from '../../../i18n/i18n.ts'

/** In place of a team's id: a team of the person's own. */
export const ownTeam = ''

type Props = {
  label: string
  value: string
  teams: readonly Team[]
  /** Whether a team of the person's own can be chosen too. */
  withOwn: boolean
  onChange(teamId: string): void
}

/** Chooses a team by its id. */
export function TeamSelect({ label, value, teams, withOwn, onChange }: Props) {
  const { t } = useTexts()
  const options = teams.map(({ id, name }) => ({ value: id, label: name }))
  return (
    <NativeSelect
      mt="sm"
      label={label}
      value={value}
      data={withOwn ? [{ value: ownTeam, label: t('team.ownTeam') }, ...options] : options}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}
