import { TextInput } from '@mantine/core'
import { useTexts } from '../../i18n/i18n.ts'

type Days = { from?: string; to?: string }

/** The first and the last day of what is looked for, each as `2026-11-24`; an empty one means no limit. */
export function DayRangeFields({ days, onChange }: { days: Days; onChange(change: Days): void }) {
  const { t } = useTexts()
  return (['from', 'to'] as const).map((end) => (
    <TextInput
      key={end}
      type="date"
      label={t(`table.${end}`)}
      value={days[end] ?? ''}
      onChange={(event) => onChange({ [end]: event.currentTarget.value })}
    />
  ))
}
