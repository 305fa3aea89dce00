import { useQueryClient } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { setUp } from '../../features/account/api/set-up.ts'
import { AccountForm } from '../../features/account/components/account-form.tsx'
import { useTexts } from '../../i18n/i18n.ts'
import { usePageTitle } from '../../lib/use-page-title.ts'

const route = getRouteApi('/setup')

export function SetupPage() {
  const { t } = useTexts()
  usePageTitle(t('account.setupTitle'))
  const { token = '' } = route.useSearch()
  const navigate = useNavigate()
  const queryClient = useQueryClient()
  return (
    <>
      <h1>{t('account.setupTitle')}</h1>
      {token === '' ? (
        <p>{t('account.setupNoToken')}</p>
      ) : (
        <>
          <p>{t('account.setupLead')}</p>
          <AccountForm
            kind="set-up"
            action={t('account.setup')}
            onSubmit={async (values) => {
              await setUp({ token, ...values })
              await queryClient.invalidateQueries()
              await navigate({ to: '/admin' })
            }}
          />
        </>
      )}
    </>
  )
}
