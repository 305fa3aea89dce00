import { Select } from '@mantine/core'
import { Panel } from '../../../../components/ui/panel.tsx'
import { useTexts } from '../../../../i18n/i18n.ts'
import { DateField } from '../date-field.tsx'
import type { SectionProps } from './section-props.ts'

const timeZones = [...new Set(['UTC', ...Intl.supportedValuesOf('timeZone')])]

export function ScheduleSection({ form }: SectionProps) {
  const { t } = useTexts()
  const { timeZone } = form.values
  const date = { timeZone, mt: 'sm' } as const
  return (
    <Panel title={t('roundForm.schedule')}>
      <Select
        label={t('admin.fieldZone')}
        searchable
        allowDeselect={false}
        limit={50}
        data={timeZones}
        {...form.getInputProps('timeZone')}
      />
      <DateField label={t('admin.fieldOpens')} {...date} {...form.getInputProps('opensAt')} />
      <DateField label={t('roundForm.freezes')} {...date} {...form.getInputProps('freezesAt')} />
      <DateField label={t('admin.fieldCloses')} ends {...date} {...form.getInputProps('closesAt')} />
    </Panel>
  )
}
