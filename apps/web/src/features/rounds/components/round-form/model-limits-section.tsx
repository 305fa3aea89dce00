import { MultiSelect, NumberInput } from '@mantine/core'
import { layerClassNames } from '@taikai/shared/model/layers/class-names'
import { Panel } from '../../../../components/ui/panel.tsx'
import { useTexts } from '../../../../i18n/i18n.ts'
import type { SectionProps } from './section-props.ts'

export function ModelLimitsSection({ form }: SectionProps) {
  const { t } = useTexts()
  const limit = {
    mt: 'sm',
    description: t('roundForm.noLimit'),
    min: 1,
    allowDecimal: false,
    thousandSeparator: ',',
  } as const
  const layers = { mt: 'sm', data: layerClassNames, searchable: true, hidePickedOptions: true } as const
  return (
    <Panel title={t('roundForm.models')}>
      <NumberInput label={t('roundForm.parameters')} {...limit} {...form.getInputProps('maxParameters')} />
      <NumberInput label={t('roundForm.macs')} {...limit} {...form.getInputProps('maxMacs')} />
      <MultiSelect
        label={t('roundForm.forbidden')}
        description={t('roundForm.layersHint')}
        {...layers}
        {...form.getInputProps('forbiddenLayers')}
      />
      <MultiSelect label={t('roundForm.required')} {...layers} {...form.getInputProps('requiredLayers')} />
    </Panel>
  )
}
