import { useQuery } from '@tanstack/react-query'
import { Facts } from '../../components/ui/facts.tsx'
import { Panel } from '../../components/ui/panel.tsx'
import { SignedInOnly } from '../../components/ui/signed-in-only.tsx'
import { meQuery } from '../../features/account/api/me.ts'
import { ApiKeysPanel } from '../../features/account/components/api-keys-panel.tsx'
import { useTexts } from '../../i18n/i18n.ts'
import { usePageTitle } from '../../lib/use-page-title.ts'

const curlExample = `curl -H "x-api-key: $TAIKAI_API_KEY" \\
  -F 'meta={"label":"CNN","preprocessing":{"preset":"unit"}}' \\
  -F files=@model.json -F files=@weights.bin \\
  ${window.location.origin}/api/rounds/ROUND/submissions`

export function MePage() {
  const { t } = useTexts()
  usePageTitle(t('account.meTitle'))
  const query = useQuery(meQuery)
  return (
    <>
      <h1>{t('account.meTitle')}</h1>
      <SignedInOnly me={query}>
        {(me) => (
          <>
            <Facts
              facts={[
                [t('account.name'), me.name],
                [t('account.email'), me.email],
                [t('account.role'), t(`account.${me.role}`)],
              ]}
            />
            <ApiKeysPanel />
            <Panel title={t('account.curlTitle')}>
              <pre style={{ whiteSpace: 'pre-wrap', margin: 0 }}>{curlExample}</pre>
            </Panel>
          </>
        )}
      </SignedInOnly>
    </>
  )
}
