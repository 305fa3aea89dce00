import { Group } from '@mantine/core'
import type { Team } from '@taikai/shared/wire/team'
import table from '../../../components/ui/table.module.css'
import { useTexts } from '../../../i18n/i18n.ts'
import { count } from '../../../lib/format.ts'
import { MergeButton, MoveButton, RemoveButton } from './team-actions.tsx'

/** The teams of a round with what an instructor can do with them. */
export function TeamTable({ slug, teams }: { slug: string; teams: readonly Team[] }) {
  const { t } = useTexts()
  if (teams.length === 0) return <p>{t('team.adminEmpty')}</p>
  return (
    <div className={table.scroll}>
      <table className={table.table}>
        <caption>{t('team.adminCaption')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('team.adminTeam')}</th>
            <th scope="col">{t('team.adminMembers')}</th>
            <th scope="col" className={table.right}>
              {t('team.adminSubmissions')}
            </th>
            <th scope="col">{t('team.adminActions')}</th>
          </tr>
        </thead>
        <tbody>
          {teams.map((team) => (
            <TeamRow
              key={team.id}
              slug={slug}
              team={team}
              others={teams.filter(({ id }) => id !== team.id)}
            />
          ))}
        </tbody>
      </table>
    </div>
  )
}

function TeamRow({ slug, team, others }: { slug: string; team: Team; others: readonly Team[] }) {
  const { t } = useTexts()
  return (
    <tr>
      <th scope="row">
        {team.name}
        {team.rankingName !== team.name && (
          <div className="muted">{t('team.adminRankingName', { name: team.rankingName })}</div>
        )}
      </th>
      <td className={table.person}>
        {team.members.length === 0 && <span className="muted">{t('team.adminNobody')}</span>}
        {team.members.map((member) => (
          <Group key={member.id} gap="xs" mb="xs">
            <span>
              {member.name} <span className="muted">{member.email}</span>
            </span>
            <MoveButton slug={slug} member={member} others={others} isAlone={team.members.length === 1} />
            <RemoveButton slug={slug} team={team} member={member} />
          </Group>
        ))}
      </td>
      <td className={`${table.right} num`}>{count(team.submissionCount)}</td>
      <td>{others.length > 0 && <MergeButton slug={slug} team={team} others={others} />}</td>
    </tr>
  )
}
