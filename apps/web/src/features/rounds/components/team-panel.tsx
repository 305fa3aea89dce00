import { notifications } from '@mantine/notifications'
import type { Me } from '@taikai/shared/wire/account'
import type { Entry, Round } from '@taikai/shared/wire/round'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { ConfirmButton } from '../../../components/ui/confirm-button.tsx'
import { Panel } from '../../../components/ui/panel.tsx'
import { QueryView } from '../../../components/ui/query-view.tsx'
import { useTexts } from '../../../i18n/i18n.ts'
import { entryQuery } from '../api/entry.ts'
import { leaveTeam } from '../api/team.ts'
import { TeamInvitation } from './team-invitation.tsx'
import { TeamNameForm } from './team-name-form.tsx'

/** The viewer's team: who is in it, and what they may change about it now. */
export function TeamPanel({ round, me }: { round: Round; me: Me }) {
  const { t } = useTexts()
  const entry = useQuery(entryQuery(round.slug))
  return (
    <Panel title={t('team.title')}>
      <QueryView query={entry}>{(team) => <OwnTeam round={round} me={me} team={team} />}</QueryView>
    </Panel>
  )
}

function OwnTeam({ round, me, team }: { round: Round; me: Me; team: Entry }) {
  const { t } = useTexts()
  const { slug } = round
  const size = round.rules.teamSize
  const isOver = round.state === 'closed' || round.state === 'published'
  const mayChange = !isOver && !team.locked
  return (
    <>
      <ul>
        {team.members.map(({ id, name }) => (
          <li key={id}>
            {name} {id === me.id && <span className="muted">({t('team.you')})</span>}
          </li>
        ))}
      </ul>
      {size > 1 && <p>{t('team.size', { count: team.members.length, size })}</p>}
      {size > 1 && mayChange && <TeamInvitation slug={slug} team={team} size={size} />}
      {mayChange && team.members.length > 1 && <LeaveButton slug={slug} teamName={team.name} />}
      {!isOver && <TeamNameForm key={team.name} slug={slug} teamName={team.name} />}
      <TeamRule isOver={isOver} isLocked={team.locked} size={size} />
    </>
  )
}

function TeamRule({ isOver, isLocked, size }: { isOver: boolean; isLocked: boolean; size: number }) {
  const { t } = useTexts()
  let text = t('team.rule')
  if (size === 1) text = t('team.single')
  if (size > 1 && isLocked) text = t('team.locked')
  if (isOver) text = t('team.closed')
  return <p className="muted">{text}</p>
}

function LeaveButton({ slug, teamName }: { slug: string; teamName: string }) {
  const { t } = useTexts()
  const queryClient = useQueryClient()
  return (
    <ConfirmButton
      label={t('team.leave')}
      question={t('team.leaveSure', { name: teamName })}
      onConfirm={async () => {
        await leaveTeam(slug)
        notifications.show({ message: t('team.left') })
        await queryClient.invalidateQueries()
      }}
    />
  )
}
