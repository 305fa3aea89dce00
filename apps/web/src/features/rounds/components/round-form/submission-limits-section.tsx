import { NumberInput } from '@mantine/core'
import { Panel } from '../../../../components/ui/panel.tsx'
import { useTexts } from '../../../../i18n/i18n.ts'
import type { SectionProps } from './section-props.ts'

export function SubmissionLimitsSection({ form }: SectionProps) {
  const { t } = useTexts()
  const limit = { mt: 'sm', description: t('roundForm.noLimit'), min: 1, allowDecimal: false } as const
  return (
    <Panel title={t('roundForm.submissions')}>
      <NumberInput
        label={t('roundForm.perDay')}
        {...limit}
        max={1000}
        {...form.getInputProps('submissionsPerDay')}
      />
      <NumberInput
        label={t('roundForm.total')}
        {...limit}
        max={100_000}
        {...form.getInputProps('submissionsTotal')}
      />
      <NumberInput
        mt="sm"
        label={t('admin.fieldUpload')}
        min={1}
        max={1024}
        {...form.getInputProps('uploadMaxMegabytes')}
      />
    </Panel>
  )
}
