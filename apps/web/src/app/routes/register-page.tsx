import { Button, TextInput } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { QueryView } from '../../components/ui/query-view.tsx'
import { joinCodeQuery } from '../../features/account/api/join-code.ts'
import { register } from '../../features/account/api/register.ts'
import { AccountForm } from '../../features/account/components/account-form.tsx'
import { useTexts } from '../../i18n/i18n.ts'
import { usePageTitle } from '../../lib/use-page-title.ts'

const route = getRouteApi('/register')

export function RegisterPage() {
  const { t } = useTexts()
  usePageTitle(t('account.registerTitle'))
  const { code = '' } = route.useSearch()
  return (
    <>
      <h1>{t('account.registerTitle')}</h1>
      {code !== '' && <Registration code={code} />}
      <CodeForm key={code} code={code} />
    </>
  )
}

function Registration({ code }: { code: string }) {
  const { t } = useTexts()
  const navigate = useNavigate()
  const queryClient = useQueryClient()
  const joinCode = useQuery(joinCodeQuery(code))
  return (
    <QueryView query={joinCode}>
      {({ roundSlug, roundTitle }) => (
        <>
          <p>{t('account.registerFor', { title: roundTitle })}</p>
          <AccountForm
            kind="new"
            action={t('account.register')}
            onSubmit={async (values) => {
              const { roundSlug: slug } = await register({ joinCode: code, ...values })
              await queryClient.invalidateQueries()
              await navigate({ to: '/rounds/$slug', params: { slug } })
            }}
          />
          <p>
            {t('account.haveAccount')}{' '}
            <Link to="/sign-in" search={{ next: `/rounds/${roundSlug}/overview` }}>
              {t('account.signIn')}
            </Link>
          </p>
        </>
      )}
    </QueryView>
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
