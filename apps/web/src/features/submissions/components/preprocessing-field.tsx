import { Radio, Select, TextInput } from '@mantine/core'
import { offeredPresets } from '@taikai/shared/preprocessing'
import type { DatasetSummary } from '@taikai/shared/wire/dataset'
import { useTexts } from '../../../i18n/i18n.ts'
import { PixelRamp } from './pixel-ramp.tsx'
import { pixelRange } from './pixel-range.ts'
import { chosenStatistics, type PreprocessingChoice } from './preprocessing-choice.ts'
import classes from './submit.module.css'

type Props = {
  dataset: DatasetSummary
  choice: PreprocessingChoice
  onChange(choice: PreprocessingChoice): void
}

export function PreprocessingField({ dataset, choice, onChange }: Props) {
  const { t } = useTexts()
  const { trainStatistics } = dataset
  const offered = offeredPresets(trainStatistics)
  const { meanError, stdError, statistics } = chosenStatistics(choice)
  return (
    <>
      <Radio.Group
        value={choice.preset}
        onChange={(value) => {
          const preset = offered.find((candidate) => candidate === value)
          if (preset !== undefined) onChange({ ...choice, preset })
        }}
        label={t('submit.preprocessingLead')}
        classNames={{ label: classes.lead }}
      >
        <p className={classes.legend}>{t('submit.rampLegend')}</p>
        {offered.map((preset) => {
          const range = pixelRange(preset, preset === 'custom' ? statistics : trainStatistics)
          return (
            <div key={preset} className={classes.preset}>
              <Radio
                value={preset}
                label={t(`submit.presets.${preset}`)}
                description={t(`submit.formulas.${preset}`)}
              />
              {range !== null && <PixelRamp {...range} />}
            </div>
          )
        })}
      </Radio.Group>
      {choice.preset === 'custom' && (
        <>
          <p className="muted">{t('submit.customHint')}</p>
          <div className={classes.custom}>
            <TextInput
              label={t('submit.mean')}
              value={choice.mean}
              error={meanError !== null && t(`submit.${meanError}`)}
              onChange={(event) => onChange({ ...choice, mean: event.currentTarget.value })}
            />
            <TextInput
              label={t('submit.std')}
              value={choice.std}
              error={stdError !== null && t(`submit.${stdError}`)}
              onChange={(event) => onChange({ ...choice, std: event.currentTarget.value })}
            />
          </div>
        </>
      )}
      {dataset.imageShape[2] === 3 && (
        <details style={{ marginTop: 16 }}>
          <summary>{t('submit.advanced')}</summary>
          <Select
            mt="sm"
            label={t('submit.channelOrder')}
            value={choice.channelOrder}
            allowDeselect={false}
            data={[
              { value: 'rgb', label: t('submit.rgb') },
              { value: 'bgr', label: t('submit.bgr') },
            ]}
            onChange={(value) => onChange({ ...choice, channelOrder: value === 'bgr' ? 'bgr' : 'rgb' })}
          />
          <Select
            mt="sm"
            label={t('submit.flatOrder')}
            description={t('submit.flatHint')}
            value={choice.flatOrder}
            allowDeselect={false}
            data={[
              { value: 'hwc', label: t('submit.hwc') },
              { value: 'chw', label: t('submit.chw') },
            ]}
            onChange={(value) => onChange({ ...choice, flatOrder: value === 'chw' ? 'chw' : 'hwc' })}
          />
        </details>
      )}
    </>
  )
}
