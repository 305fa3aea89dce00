import type { OverviewStorage } from '@taikai/shared/wire/overview'
import { Facts } from '../../../components/ui/facts.tsx'
import { Panel } from '../../../components/ui/panel.tsx'
import { useTexts } from '../../../i18n/i18n.ts'
import { fileSize } from '../../../lib/format.ts'

export function StoragePanel({ storage }: { storage: OverviewStorage }) {
  const { t } = useTexts()
  const { diskFreeBytes, diskTotalBytes, filesBytes, databaseBytes } = storage
  const disk = {
    free: fileSize(diskFreeBytes),
    total: fileSize(diskTotalBytes),
    percent: Math.round((100 * diskFreeBytes) / diskTotalBytes),
  }
  return (
    <Panel title={t('overview.storage')}>
      <Facts
        facts={[
          [t('overview.disk'), t('overview.diskValue', disk)],
          [t('overview.files'), fileSize(filesBytes)],
          [t('overview.database'), fileSize(databaseBytes)],
        ]}
      />
    </Panel>
  )
}
