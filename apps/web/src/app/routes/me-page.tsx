import { useQuery } from '@tanstack/react-query'
import { Email } from '../../components/ui/email.tsx'
import { Facts } from '../../components/ui/facts.tsx'
import { Panel } from '../../components/ui/panel.tsx'
import { SignedInOnly } from '../../components/ui/signed-in-only.tsx'
import { meQuery } from '../../features/account/api/me.ts'
import { ApiKeysPanel } from '../../features/account/components/api-keys-panel.tsx'
import { PasswordPanel } from '../../features/account/components/password-panel.tsx'
import { ScriptsPanel } from '../../features/account/components/scripts-panel.tsx'
import { roundsQuery } from '../../features/rounds/api/rounds.ts'
import { useTexts } from '../../i18n/i18n.ts'
import { usePageTitle } from '../../lib/use-page-title.ts'

export function MePage() {
  const { t } = useTexts()
  usePageTitle(t('account.meTitle'))
  const query = useQuery(meQuery)
  const { data: rounds = [] } = useQuery(roundsQuery)
  return (
    <>
      <h1>{t('account.meTitle')}</h1>
      <SignedInOnly me={query}>
        {(me) => (
          <>
            <Panel title={t('account.profile')}>
              <Facts
                facts={[
                  [t('account.name'), me.name],
                  [t('account.email'), <Email key="email" address={me.email} />],
                  [t('account.role'), t(`account.${me.role}`)],
                ]}
              />
            </Panel>
            <ApiKeysPanel />
            <ScriptsPanel rounds={rounds.filter(({ entry }) => entry !== null)} />
            {me.viewAs === null && <PasswordPanel email={me.email} />}
          </>
        )}
      </SignedInOnly>
    </>
  )
}
