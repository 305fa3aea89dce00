import { Button, Group } from '@mantine/core'
import type { Entry } from '@taikai/shared/wire/round'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { CopyField } from '../../../components/ui/copy-field.tsx'
import { ProblemAlert } from '../../../components/ui/problem-alert.tsx'
import { useTexts } from '../../../i18n/i18n.ts'
import { renewInvite, withdrawInvite } from '../api/team.ts'

/** The link by which others become members, while there is room. `size`: how many a team may have. */
export function TeamInvitation({ slug, team, size }: { slug: string; team: Entry; size: number }) {
  const { t } = useTexts()
  const queryClient = useQueryClient()
  const change = useMutation({
    mutationFn: (send: (slug: string) => Promise<Entry>) => send(slug),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['round', slug] }),
  })
  if (team.members.length >= size) return <p>{t('team.full')}</p>
  const button = (label: string, send: (slug: string) => Promise<Entry>) => (
    <Button variant="default" loading={change.isPending} onClick={() => change.mutate(send)}>
      {label}
    </Button>
  )
  return (
    <>
      {team.inviteCode !== null && (
        <>
          <p>{t('team.inviteLead')}</p>
          <CopyField
            key={team.inviteCode}
            label={t('team.inviteLink')}
            value={`${window.location.origin}/join/${team.inviteCode}`}
          />
        </>
      )}
      <ProblemAlert error={change.error} />
      <Group my="sm">
        {team.inviteCode === null ? (
          button(t('team.inviteMake'), renewInvite)
        ) : (
          <>
            {button(t('team.inviteRenew'), renewInvite)}
            {button(t('team.inviteWithdraw'), withdrawInvite)}
          </>
        )}
      </Group>
    </>
  )
}
