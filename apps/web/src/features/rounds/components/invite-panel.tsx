import { CopyField } from '../../../components/ui/copy-field.tsx'
import { Panel } from '../../../components/ui/panel.tsx'
import { useTexts } from '../../../i18n/i18n.ts'
import { joinAddress } from '../../account/api/join-code.ts'
import { LocalAddressNote } from '../../account/components/local-address-note.tsx'

export function InvitePanel({ joinCode }: { joinCode: string }) {
  const { t } = useTexts()
  return (
    <Panel title={t('admin.joinTitle')}>
      <p>{t('admin.joinLead')}</p>
      <LocalAddressNote />
      <CopyField label={t('admin.joinLink')} value={joinAddress(joinCode)} />
      <CopyField label={t('admin.joinCode')} value={joinCode} />
    </Panel>
  )
}
