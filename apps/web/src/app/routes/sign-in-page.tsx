import { useQueryClient } from '@tanstack/react-query'
import { getRouteApi, Link, useRouter } from '@tanstack/react-router'
import { signIn } from '../../features/account/api/sign-in.ts'
import { AccountForm } from '../../features/account/components/account-form.tsx'
import { useTexts } from '../../i18n/i18n.ts'
import { usePageTitle } from '../../lib/use-page-title.ts'

const route = getRouteApi('/sign-in')

export function SignInPage() {
  const { t, gap } = useTexts()
  usePageTitle(t('account.signInTitle'))
  const search = route.useSearch()
  const router = useRouter()
  const queryClient = useQueryClient()
  return (
    <>
      <h1>{t('account.signInTitle')}</h1>
      <AccountForm
        kind="sign-in"
        action={t('account.signIn')}
        onSubmit={async ({ email, password }) => {
          await signIn({ email, password })
          await queryClient.invalidateQueries()
          router.history.push(search.next ?? '/')
        }}
      />
      <p>
        {t('account.noAccount')}
        {gap}
        <Link to="/register" search={search}>
          {t('rounds.joinWithCode')}
        </Link>
      </p>
    </>
  )
}
