import '@mantine/dates/styles.css'
import 'dayjs/locale/ja'
import { Button, NumberInput, SegmentedControl, Select, Switch, Textarea, TextInput } from '@mantine/core'
import { DateTimePicker } from '@mantine/dates'
import { useForm } from '@mantine/form'
import type { CreateRound } from '@taikai/shared/wire/round'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { Markdown } from '../../../components/ui/markdown.tsx'
import { Panel } from '../../../components/ui/panel.tsx'
import { ProblemAlert } from '../../../components/ui/problem-alert.tsx'
import { useTexts } from '../../../i18n/i18n.ts'
import { type RoundFormValues, toInstant, toRequest } from './round-form-values.ts'

const slugPattern = /^[a-z0-9](-?[a-z0-9])*$/
const timeZones = [...new Set(['UTC', ...Intl.supportedValuesOf('timeZone')])]

type Props = {
  initialValues: RoundFormValues
  datasets: readonly { id: string; name: string; version: number }[]
  /** An existing round keeps its address; once something was submitted, its dataset and public share too. */
  mode: 'create' | 'edit' | 'edit-locked'
  action: string
  onSubmit(input: CreateRound): Promise<void>
}

export function RoundForm({ initialValues, datasets, mode, action, onSubmit }: Props) {
  const { t, locale } = useTexts()
  const [view, setView] = useState('write')
  const save = useMutation({ mutationFn: onSubmit })
  const form = useForm<RoundFormValues>({
    initialValues,
    validate: {
      title: (title) => (title.trim() === '' ? t('admin.required') : null),
      slug: (slug) => (slugPattern.test(slug) ? null : t('admin.slugInvalid')),
      closesAt: (closesAt, { opensAt, timeZone }) => {
        const opens = toInstant(opensAt, timeZone)
        const closes = toInstant(closesAt, timeZone)
        return opens !== null && closes !== null && closes <= opens ? t('admin.datesOrder') : null
      },
    },
  })
  const locked = mode === 'edit-locked'
  const { description, timeZone } = form.values
  const date = {
    valueFormat: 'YYYY-MM-DD HH:mm',
    locale,
    clearable: true,
    monthLabelFormat: locale === 'ja' ? 'YYYY年 M月' : 'MMMM YYYY',
    firstDayOfWeek: 0,
    clearButtonProps: { 'aria-label': t('admin.clearDate') },
    submitButtonProps: { 'aria-label': t('app.save') },
    description: t('admin.datesHint', { zone: timeZone }),
  } as const

  return (
    <form onSubmit={form.onSubmit((values) => save.mutate(toRequest(values)))} noValidate>
      <Panel title={mode === 'create' ? t('admin.createTitle') : t('admin.editTitle')}>
        <TextInput label={t('admin.fieldTitle')} maxLength={120} required {...form.getInputProps('title')} />
        <TextInput
          mt="sm"
          label={t('admin.fieldSlug')}
          description={t('admin.slugHint')}
          maxLength={60}
          required
          disabled={mode !== 'create'}
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
          <Markdown text={description} />
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
            label: `${name} (${t('datasets.version', { version })})`,
          }))}
          {...form.getInputProps('datasetId')}
        />
        <NumberInput
          mt="sm"
          label={t('admin.fieldPublic')}
          description={t('admin.publicHint')}
          min={1}
          max={99}
          allowDecimal={false}
          disabled={locked}
          {...form.getInputProps('publicPercent')}
        />
        <Select
          mt="sm"
          label={t('admin.fieldZone')}
          searchable
          allowDeselect={false}
          limit={50}
          data={timeZones}
          {...form.getInputProps('timeZone')}
        />
        <DateTimePicker mt="sm" label={t('admin.fieldOpens')} {...date} {...form.getInputProps('opensAt')} />
        <DateTimePicker
          mt="sm"
          label={t('admin.fieldCloses')}
          {...date}
          {...form.getInputProps('closesAt')}
        />
        <NumberInput
          mt="sm"
          label={t('admin.fieldUpload')}
          min={1}
          max={1024}
          {...form.getInputProps('uploadMaxMegabytes')}
        />
        <Switch
          mt="md"
          label={t('admin.fieldVisitors')}
          {...form.getInputProps('visitorsMaySee', { type: 'checkbox' })}
        />
        <ProblemAlert error={save.error} />
        <Button type="submit" mt="lg" size="md" loading={save.isPending}>
          {action}
        </Button>
      </Panel>
    </form>
  )
}
