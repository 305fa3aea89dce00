import { Button, TextInput } from '@mantine/core'
import type { Register } from '@taikai/shared/wire/account'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate, useRouter } from '@tanstack/react-router'
import { useState } from 'react'
import { QueryView } from '../../components/ui/query-view.tsx'
import { joinCodeQuery, joinPath } from '../../features/account/api/join-code.ts'
import { meQuery } from '../../features/account/api/me.ts'
import { register } from '../../features/account/api/register.ts'
import { AccountForm } from '../../features/account/components/account-form.tsx'
import { roundsQuery } from '../../features/rounds/api/rounds.ts'
import { inviteQuery } from '../../features/rounds/api/team.ts'
import { JoinWithCode } from '../../features/rounds/components/join-with-code.tsx'
import { useTexts } from '../../i18n/i18n.ts'
import { usePageTitle } from '../../lib/use-page-title.ts'

const route = getRouteApi('/register')

export function RegisterPage() {
  const { t } = useTexts()
  const { code = '', invite = '', next = '/' } = route.useSearch()
  const { data: me = null } = useQuery(meQuery)
  const title = t(me === null || invite !== '' ? 'account.registerTitle' : 'rounds.joinTitle')
  usePageTitle(title)
  if (invite !== '') {
    return (
      <>
        <h1>{title}</h1>
        <WithInvite code={invite} />
      </>
    )
  }
  return (
    <>
      <h1>{title}</h1>
      {code !== '' && <WithCode code={code} />}
      {code === '' && me === null && <WithoutCode next={next} />}
      <CodeForm key={code} code={code} />
    </>
  )
}

function WithCode({ code }: { code: string }) {
  const { t } = useTexts()
  const joinCode = useQuery(joinCodeQuery(code))
  const me = useQuery(meQuery)
  return (
    <QueryView query={joinCode}>
      {({ roundSlug, roundTitle }) => (
        <QueryView query={me}>
          {(viewer) =>
            viewer === null ? (
              <NewAccount
                lead={t('account.registerFor', { title: roundTitle })}
                permit={{ joinCode: code }}
                next={joinPath(code)}
              />
            ) : (
              <JoinWithCode code={code} slug={roundSlug} title={roundTitle} me={viewer} />
            )
          }
        </QueryView>
      )}
    </QueryView>
  )
}

function WithInvite({ code }: { code: string }) {
  const { t } = useTexts()
  const invite = useQuery(inviteQuery(code))
  return (
    <QueryView query={invite}>
      {({ roundTitle, teamName }) => (
        <NewAccount
          lead={t('team.registerFor', { title: roundTitle, name: teamName })}
          permit={{ inviteCode: code }}
          next={`/join/${code}`}
        />
      )}
    </QueryView>
  )
}

/** Nothing, unless a round that everybody sees may be joined without a code. */
function WithoutCode({ next }: { next: string }) {
  const { t } = useTexts()
  const { data: rounds = [] } = useQuery(roundsQuery)
  const isOpen = rounds.some(
    ({ rules, state }) => rules.joinPolicy === 'OPEN' && state !== 'closed' && state !== 'published',
  )
  return isOpen ? <NewAccount lead={t('team.registerOpen')} permit={{}} next={next} /> : null
}

type Permit = Pick<Register, 'joinCode' | 'inviteCode'>

/** `permit`: what lets a person register. `next`: where who has an account, or joined no round by registering, goes on. */
function NewAccount({ lead, permit, next }: { lead: string; permit: Permit; next: string }) {
  const { t } = useTexts()
  const router = useRouter()
  const queryClient = useQueryClient()
  return (
    <>
      <p>{lead}</p>
      <AccountForm
        kind={permit.inviteCode === undefined ? 'new' : 'member'}
        action={t('account.register')}
        onSubmit={async (values) => {
          const { roundSlug } = await register({ ...permit, ...values })
          // Away from here first: this page has something else for who is signed in.
          router.history.push(roundSlug === null ? next : `/rounds/${roundSlug}`)
          await queryClient.invalidateQueries()
        }}
      />
      <p>
        {t('account.haveAccount')}{' '}
        <Link to="/sign-in" search={{ next }}>
          {t('account.signIn')}
        </Link>
      </p>
    </>
  )
}

/** For those who came without the link, or with a wrong code. */
function CodeForm({ code }: { code: string }) {
  const { t } = useTexts()
  const navigate = useNavigate()
  const [typed, setTyped] = useState(code)
  const known = useQuery(joinCodeQuery(code))
  if (code !== '' && !known.isError) return null
  return (
    <form
      style={{ maxWidth: 440 }}
      onSubmit={(event) => {
        event.preventDefault()
        void navigate({ to: '/register', search: { code: typed.trim() } })
      }}
    >
      <TextInput
        label={t('rounds.joinCode')}
        description={t('rounds.joinLead')}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        autoComplete="off"
        required
      />
      <Button type="submit" mt="md">
        {t('account.next')}
      </Button>
    </form>
  )
}
