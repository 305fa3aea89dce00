import { Button } from '@mantine/core'
import { useForm } from '@mantine/form'
import type { UpdateRound } from '@taikai/shared/wire/round'
import { useMutation } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { Panel } from '../../../../components/ui/panel.tsx'
import { ProblemAlert } from '../../../../components/ui/problem-alert.tsx'
import { useTexts } from '../../../../i18n/i18n.ts'
import { followRound, type RoundFormValues, toChanges, toInstant, toRequest } from '../round-form-values.ts'
import { RulesList } from '../rules-list.tsx'
import { BasicsSection } from './basics-section.tsx'
import { LeaveGuard } from './leave-guard.tsx'
import { ModelLimitsSection } from './model-limits-section.tsx'
import { PresetPanel } from './preset-panel.tsx'
import { RankingSection } from './ranking-section.tsx'
import { ScheduleSection } from './schedule-section.tsx'
import type { DatasetChoice } from './section-props.ts'
import { SubmissionLimitsSection } from './submission-limits-section.tsx'
import { TeamSection } from './team-section.tsx'

const slugPattern = /^[a-z0-9](-?[a-z0-9])*$/

type Props = {
  /** Of a round that exists, as it is by now: fields that were not touched follow it. */
  initialValues: RoundFormValues
  datasets: readonly DatasetChoice[]
  /** An existing round keeps its address; once something was submitted, its dataset and public share too. */
  mode: 'create' | 'edit' | 'edit-locked'
  action: string
  /** `changes`: what was filled in, and differs from the round. */
  onSubmit(values: RoundFormValues, changes: UpdateRound): Promise<void>
}

/** Everything that an instructor sets of a round, and what students will read of it. */
export function RoundForm({ initialValues, datasets, mode, action, onSubmit }: Props) {
  const { t } = useTexts()
  const [round, setRound] = useState(initialValues)
  const save = useMutation({
    mutationFn: (values: RoundFormValues) => onSubmit(values, toChanges(values, round)),
  })
  const filled = (value: string | number) => (value === '' ? t('admin.required') : null)
  const form = useForm<RoundFormValues>({
    initialValues,
    validate: {
      title: (title) => filled(title.trim()),
      slug: (slug) => (slugPattern.test(slug) ? null : t('admin.slugInvalid')),
      publicPercent: filled,
      uploadMaxMegabytes: filled,
      finalPicks: filled,
      teamSize: filled,
      freezesAt: (freezesAt, values) => {
        const { opens, freezes, closes } = instants({ ...values, freezesAt })
        if (freezes === null) return null
        if (opens === null) return t('roundForm.datesNeedOpening')
        return freezes < opens || (closes !== null && freezes > closes) ? t('roundForm.freezeOrder') : null
      },
      closesAt: (closesAt, values) => {
        const { opens, closes } = instants({ ...values, closesAt })
        if (closes === null) return null
        if (opens === null) return t('roundForm.datesNeedOpening')
        return closes <= opens ? t('admin.datesOrder') : null
      },
    },
  })
  const locked = mode === 'edit-locked'
  const dataset = datasets.find(({ id }) => id === form.values.datasetId)
  const unsaved = !save.isPending && Object.keys(toChanges(form.values, round)).length > 0
  useEffect(() => {
    if (mode === 'create' || JSON.stringify(round) === JSON.stringify(initialValues)) return
    form.setValues(followRound(form.values, round, initialValues))
    setRound(initialValues)
  })
  return (
    <form
      onSubmit={form.onSubmit(
        (values) => save.mutate(values),
        (errors) => focusFirst(Object.keys(errors).map((path) => form.getInputNode(path))),
      )}
      noValidate
    >
      <LeaveGuard unsaved={unsaved} />
      {mode === 'create' && <PresetPanel form={form} datasets={datasets} />}
      <BasicsSection form={form} datasets={datasets} isNew={mode === 'create'} locked={locked} />
      <ScheduleSection form={form} />
      <RankingSection form={form} classCount={dataset?.classNames.length ?? 0} locked={locked} />
      <SubmissionLimitsSection form={form} />
      <ModelLimitsSection form={form} />
      <TeamSection form={form} />
      <Panel title={t('roundForm.preview')}>
        <Preview values={form.values} hiddenCount={dataset?.hiddenCount ?? 0} />
      </Panel>
      <ProblemAlert error={save.error} />
      <Button type="submit" mt="md" size="md" loading={save.isPending}>
        {action}
      </Button>
    </form>
  )
}

function Preview({ values, hiddenCount }: { values: RoundFormValues; hiddenCount: number }) {
  const { opensAt, freezesAt, closesAt, timeZone, publicPercent, ...rules } = toRequest(values)
  // Rounded class by class on the server: here to within an image for each class.
  const publicCount = Math.round((hiddenCount * publicPercent) / 100)
  return (
    <RulesList
      round={{ opensAt, freezesAt, closesAt, timeZone, publicCount, rules }}
      hiddenCount={hiddenCount}
    />
  )
}

/** The fields stand on a page of several screens: whoever sends it from its end has to see which one is wrong. */
function focusFirst(fields: readonly (HTMLElement | null)[]): void {
  const [first] = fields
    .filter((field) => field !== null)
    .sort((a, b) => (a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1))
  first?.focus()
}

function instants({ opensAt, freezesAt, closesAt, timeZone }: RoundFormValues) {
  return {
    opens: toInstant(opensAt, timeZone),
    freezes: toInstant(freezesAt, timeZone),
    closes: toInstant(closesAt, timeZone),
  }
}
