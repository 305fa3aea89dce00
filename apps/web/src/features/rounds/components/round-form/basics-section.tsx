import { SegmentedControl, Select, Switch, Textarea, TextInput } from '@mantine/core'
import { isMetricAvailable } from '@taikai/shared/ranking-metric'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { Markdown } from '../../../../components/ui/markdown.tsx'
import { Panel } from '../../../../components/ui/panel.tsx'
import { useTexts } from '../../../../i18n/i18n.ts'
import type { DatasetChoice, SectionProps } from './section-props.ts'

type Props = SectionProps & {
  datasets: readonly DatasetChoice[]
  isNew: boolean
  /** Something was submitted: the dataset stays. */
  locked: boolean
}

export function BasicsSection({ form, datasets, isNew, locked }: Props) {
  const { t, gap } = useTexts()
  const [view, setView] = useState('write')
  const dataset = form.getInputProps('datasetId')

  /** Another dataset may have too few classes for the metric. */
  function changeDataset(id: string | null): void {
    dataset.onChange(id)
    const classCount = datasets.find((one) => one.id === id)?.classNames.length ?? 0
    if (!isMetricAvailable(form.values.metric, classCount)) form.setFieldValue('metric', 'accuracy')
  }

  return (
    <Panel title={t('roundForm.basics')}>
      <TextInput label={t('admin.fieldTitle')} maxLength={120} required {...form.getInputProps('title')} />
      <TextInput
        mt="sm"
        label={t('admin.fieldSlug')}
        description={t('admin.slugHint')}
        maxLength={60}
        required
        disabled={!isNew}
        {...form.getInputProps('slug')}
      />
      <SegmentedControl
        mt="md"
        aria-label={t('admin.fieldDescription')}
        value={view}
        onChange={setView}
        data={[
          { value: 'write', label: t('admin.write') },
          { value: 'preview', label: t('admin.preview') },
        ]}
      />
      {view === 'write' ? (
        <Textarea
          mt="xs"
          label={t('admin.fieldDescription')}
          autosize
          minRows={5}
          maxLength={20_000}
          {...form.getInputProps('description')}
        />
      ) : (
        <Markdown text={form.values.description} />
      )}
      <Select
        mt="sm"
        label={t('admin.fieldDataset')}
        description={locked ? t('admin.locked') : undefined}
        disabled={locked}
        allowDeselect={false}
        required
        data={datasets.map(({ id, name, version }) => ({
          value: id,
          label: t('receipt.version', { name, version }),
        }))}
        {...dataset}
        onChange={changeDataset}
      />
      {locked && (
        <p className="muted">
          {t('changes.useRescore')}
          {gap}
          <Link to="/admin/rounds/$slug/rescores" params={{ slug: form.values.slug }}>
            {t('rescore.title')}
          </Link>
        </p>
      )}
      <Switch
        mt="md"
        label={t('admin.fieldVisitors')}
        {...form.getInputProps('visitorsMaySee', { type: 'checkbox' })}
      />
    </Panel>
  )
}
