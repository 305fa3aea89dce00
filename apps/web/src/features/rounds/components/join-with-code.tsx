import { Button } from '@mantine/core'
import type { Me } from '@taikai/shared/wire/account'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { ButtonLink } from '../../../components/ui/button-link.tsx'
import { ProblemAlert } from '../../../components/ui/problem-alert.tsx'
import { QueryView } from '../../../components/ui/query-view.tsx'
import { useTexts } from '../../../i18n/i18n.ts'
import { joinRound } from '../api/entry.ts'
import { roundsQuery } from '../api/rounds.ts'

type Props = { code: string; slug: string; title: string; me: Me }

/** What the link to register offers to who has an account: to join with it, or the way to the round that they are in. */
export function JoinWithCode({ code, slug, title, me }: Props) {
  const { t } = useTexts()
  // Of rounds that are not seen before joining the list says nothing: then the viewer is in none of them.
  const rounds = useQuery(roundsQuery)
  return (
    <QueryView query={rounds}>
      {(list) => {
        const isMember = list.some((round) => round.slug === slug && round.entry !== null)
        if (!isMember && me.role === 'STUDENT') return <Join code={code} slug={slug} title={title} me={me} />
        return (
          <>
            <p>{t(isMember ? 'rounds.joinedAlready' : 'rounds.joinInstructor', { title })}</p>
            <ButtonLink to="/rounds/$slug/overview" params={{ slug }} size="md">
              {t('rounds.toRound')}
            </ButtonLink>
          </>
        )
      }}
    </QueryView>
  )
}

function Join({ code, slug, title, me }: Props) {
  const { t } = useTexts()
  const navigate = useNavigate()
  const queryClient = useQueryClient()
  const join = useMutation({
    mutationFn: () => joinRound(slug, code),
    onSuccess: async () => {
      await navigate({ to: '/rounds/$slug/overview', params: { slug } })
      await queryClient.invalidateQueries()
    },
  })
  return (
    <>
      <p>{t('rounds.joinAs', { title, name: me.name })}</p>
      <ProblemAlert error={join.error} />
      <Button size="md" loading={join.isPending} onClick={() => join.mutate()}>
        {t('rounds.nextJoin')}
      </Button>
    </>
  )
}
