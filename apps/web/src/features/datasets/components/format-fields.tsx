import { NumberInput, Select, TextInput } from '@mantine/core'
import { useTexts } from '../../../i18n/i18n.ts'
import type { ImportValues } from './import-values.ts'

const imageSizes = [32, 64, 96, 128]

type Props = { values: ImportValues; onChange(changes: Partial<ImportValues>): void }

/** What only some formats ask for. */
export function FormatFields({ values, onChange }: Props) {
  const { t } = useTexts()
  if (values.format === 'npz') {
    return (
      <TextInput
        mt="sm"
        label={t('datasets.classNames')}
        description={t('datasets.classNamesHint')}
        value={values.classNames}
        onChange={(event) => onChange({ classNames: event.currentTarget.value })}
      />
    )
  }
  if (values.format !== 'image-folder') return null
  return (
    <>
      <Select
        mt="sm"
        label={t('datasets.imageSize')}
        description={t('datasets.imageSizeHint')}
        value={String(values.imageSize)}
        allowDeselect={false}
        data={imageSizes.map((size) => ({ value: String(size), label: t('datasets.pixels', { size }) }))}
        onChange={(value) => value !== null && onChange({ imageSize: Number(value) })}
      />
      {values.train.length === 0 && (
        <NumberInput
          mt="sm"
          label={t('datasets.hiddenPercent')}
          description={t('datasets.hiddenPercentHint')}
          value={values.hiddenPercent ?? ''}
          min={1}
          max={99}
          allowDecimal={false}
          onChange={(value) => onChange({ hiddenPercent: typeof value === 'number' ? value : null })}
        />
      )}
    </>
  )
}
