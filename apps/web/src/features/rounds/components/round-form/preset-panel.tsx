import { Alert, Button, Group } from '@mantine/core'
import { type RoundPresetName, roundPresetNames, roundPresets } from '@taikai/shared/round-presets'
import { useState } from 'react'
import { Panel } from '../../../../components/ui/panel.tsx'
import { useTexts } from '../../../../i18n/i18n.ts'
import { presetFields } from '../round-form-values.ts'
import type { DatasetChoice, SectionProps } from './section-props.ts'

/** Fills the form of a new round with one of the seminar's rounds, on the newest dataset that it is made for. */
export function PresetPanel({ form, datasets }: SectionProps & { datasets: readonly DatasetChoice[] }) {
  const { t } = useTexts()
  const [chosen, setChosen] = useState<RoundPresetName | null>(null)
  const shape = chosen === null ? null : roundPresets[chosen].imageShape
  const fits = (name: RoundPresetName, { imageShape }: DatasetChoice) => {
    const asked = roundPresets[name].imageShape
    return asked === null || asked.join() === imageShape.join()
  }

  function choose(name: RoundPresetName): void {
    const dataset = datasets.find((one) => fits(name, one))
    form.setValues({
      ...presetFields(roundPresets[name]),
      title: t(`presets.${name}`),
      description: t(`presets.${name}Text`),
      ...(dataset !== undefined && { datasetId: dataset.id }),
    })
    setChosen(name)
  }

  return (
    <Panel title={t('presets.title')}>
      <p>{t('presets.lead')}</p>
      <Group>
        {roundPresetNames.map((name) => (
          <Button key={name} variant="default" aria-pressed={chosen === name} onClick={() => choose(name)}>
            {t(`presets.${name}`)}
          </Button>
        ))}
      </Group>
      {chosen !== null && shape !== null && !datasets.some((one) => fits(chosen, one)) && (
        <Alert color="shu" variant="light" c="var(--ink)" mt="md">
          {t('presets.noDataset', { shape: shape.join('×') })}
        </Alert>
      )}
    </Panel>
  )
}
