import { NumberInput, Select } from '@mantine/core'
import { joinPolicies, rankingNames } from '@taikai/shared/wire/round'
import { Panel } from '../../../../components/ui/panel.tsx'
import { useTexts } from '../../../../i18n/i18n.ts'
import type { SectionProps } from './section-props.ts'

export function TeamSection({ form }: SectionProps) {
  const { t } = useTexts()
  return (
    <Panel title={t('roundForm.teams')}>
      <NumberInput
        label={t('roundForm.teamSize')}
        min={1}
        max={50}
        allowDecimal={false}
        {...form.getInputProps('teamSize')}
      />
      <Select
        mt="sm"
        label={t('roundForm.names')}
        allowDeselect={false}
        data={rankingNames.map((value) => ({ value, label: t(`rules.namesText.${value}`) }))}
        {...form.getInputProps('rankingNames')}
      />
      <Select
        mt="sm"
        label={t('roundForm.join')}
        allowDeselect={false}
        data={joinPolicies.map((value) => ({ value, label: t(`roundForm.joinPolicies.${value}`) }))}
        {...form.getInputProps('joinPolicy')}
      />
    </Panel>
  )
}
