import { Button, Group } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { ButtonLink } from '../../components/ui/button-link.tsx'
import { Facts } from '../../components/ui/facts.tsx'
import { Panel } from '../../components/ui/panel.tsx'
import { ProblemAlert } from '../../components/ui/problem-alert.tsx'
import { QueryView } from '../../components/ui/query-view.tsx'
import { meQuery } from '../../features/account/api/me.ts'
import { acceptInvite, inviteQuery } from '../../features/rounds/api/team.ts'
import { useTexts } from '../../i18n/i18n.ts'
import { usePageTitle } from '../../lib/use-page-title.ts'

const route = getRouteApi('/join/$code')

/** Where an invitation to a team leads. */
export function JoinPage() {
  const { t } = useTexts()
  usePageTitle(t('team.joinTitle'))
  const { code } = route.useParams()
  const invite = useQuery(inviteQuery(code))
  const me = useQuery(meQuery)
  return (
    <>
      <h1>{t('team.joinTitle')}</h1>
      <QueryView query={invite}>
        {({ roundSlug, roundTitle, teamName, members, teamSize }) => (
          <Panel title={teamName}>
            <Facts
              facts={[
                [t('team.joinRound'), roundTitle],
                [t('team.joinMembers'), members.join(', ')],
                [t('team.joinPlaces'), t('team.size', { count: members.length, size: teamSize })],
              ]}
            />
            <QueryView query={me}>
              {(viewer) =>
                viewer === null ? <Guest code={code} /> : <Accept code={code} roundSlug={roundSlug} />
              }
            </QueryView>
          </Panel>
        )}
      </QueryView>
    </>
  )
}

function Guest({ code }: { code: string }) {
  const { t } = useTexts()
  return (
    <>
      <p>{t('team.joinGuest')}</p>
      <Group>
        <ButtonLink to="/register" search={{ invite: code }} size="md">
          {t('account.register')}
        </ButtonLink>
        <ButtonLink to="/sign-in" search={{ next: `/join/${code}` }} variant="default" size="md">
          {t('account.signIn')}
        </ButtonLink>
      </Group>
    </>
  )
}

function Accept({ code, roundSlug }: { code: string; roundSlug: string }) {
  const { t } = useTexts()
  const navigate = useNavigate()
  const queryClient = useQueryClient()
  const accept = useMutation({
    mutationFn: () => acceptInvite(code),
    onSuccess: async ({ name }) => {
      notifications.show({ message: t('team.joined', { name }) })
      await queryClient.invalidateQueries()
      await navigate({ to: '/rounds/$slug/overview', params: { slug: roundSlug } })
    },
  })
  return (
    <>
      <p>{t('team.joinLead')}</p>
      <ProblemAlert error={accept.error} />
      <Button size="md" loading={accept.isPending} onClick={() => accept.mutate()}>
        {t('team.joinAccept')}
      </Button>
    </>
  )
}
