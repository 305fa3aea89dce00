import { Switch } from '@mantine/core'
import { Panel } from '../../../components/ui/panel.tsx'
import { useTexts } from '../../../i18n/i18n.ts'
import { tablePath } from '../api/exports.ts'
import { DownloadButton } from './download-button.tsx'

const tables = ['standings', 'submissions'] as const

type Props = { slug: string; bom: boolean; onBomChange(bom: boolean): void }

/** The tables of a round, for spreadsheets. */
export function TablesPanel({ slug, bom, onBomChange }: Props) {
  const { t } = useTexts()
  return (
    <Panel title={t('exports.tables')}>
      <Switch
        label={t('exports.bom')}
        checked={bom}
        onChange={(event) => onBomChange(event.currentTarget.checked)}
      />
      {tables.map((table) => (
        <div key={table} style={{ marginTop: 16 }}>
          <DownloadButton href={tablePath(slug, table, bom)} label={t(`exports.${table}`)} />
          <div className="muted">{t(`exports.${table}Hint`)}</div>
        </div>
      ))}
    </Panel>
  )
}
