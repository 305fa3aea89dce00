import { Checkbox, Group } from '@mantine/core'
import { useTexts } from '../../../i18n/i18n.ts'
import { type ColumnKey, columnKeys, useColumns } from './table-columns.tsx'

type Props = { chosen: readonly ColumnKey[]; onChange(columns: readonly ColumnKey[]): void }

export function ColumnChoice({ chosen, onChange }: Props) {
  const { t } = useTexts()
  const columns = useColumns()
  return (
    <details style={{ margin: '12px 0' }}>
      <summary>{t('table.columns')}</summary>
      <Group mt="xs" gap="md" role="group" aria-label={t('table.columns')}>
        {columnKeys.map((key) => (
          <Checkbox
            key={key}
            label={columns[key].title}
            checked={chosen.includes(key)}
            onChange={({ currentTarget: { checked } }) =>
              onChange(columnKeys.filter((other) => (other === key ? checked : chosen.includes(other))))
            }
          />
        ))}
      </Group>
    </details>
  )
}
