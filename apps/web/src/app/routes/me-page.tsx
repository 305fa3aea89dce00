import { ScrollArea } from '@mantine/core'
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
            <Panel title={t('account.profile')}>
              <Facts
                facts={[
                  [t('account.name'), me.name],
                  [t('account.email'), me.email],
                  [t('account.role'), t(`account.${me.role}`)],
                ]}
              />
            </Panel>
            <ApiKeysPanel />
            <Panel title={t('account.curlTitle')}>
              <p>{t('account.curlLead')}</p>
              {/* What scrolls must be reachable by keyboard. */}
              <ScrollArea
                type="auto"
                offsetScrollbars="x"
                viewportProps={{ tabIndex: 0, role: 'region', 'aria-label': t('account.curlTitle') }}
              >
                <pre>{curlExample}</pre>
              </ScrollArea>
            </Panel>
          </>
        )}
      </SignedInOnly>
    </>
  )
}
