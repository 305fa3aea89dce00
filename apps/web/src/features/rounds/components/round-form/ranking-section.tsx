import { NumberInput, Select } from '@mantine/core'
import { isMetricAvailable, rankingMetrics } from '@taikai/shared/ranking-metric'
import { Panel } from '../../../../components/ui/panel.tsx'
import { useTexts } from '../../../../i18n/i18n.ts'
import type { SectionProps } from './section-props.ts'

/** `locked`: something was submitted, and the public share stays. */
export function RankingSection({
  form,
  classCount,
  locked,
}: SectionProps & { classCount: number; locked: boolean }) {
  const { t } = useTexts()
  const metrics = rankingMetrics.filter((metric) => isMetricAvailable(metric, classCount))
  return (
    <Panel title={t('roundForm.ranking')}>
      <Select
        label={t('roundForm.metric')}
        description={t('roundForm.metricHint', { meaning: t(`rules.meanings.${form.values.metric}`) })}
        allowDeselect={false}
        data={metrics.map((metric) => ({ value: metric, label: t(`rules.metrics.${metric}`) }))}
        {...form.getInputProps('metric')}
      />
      <NumberInput
        mt="sm"
        label={t('admin.fieldPublic')}
        description={locked ? t('admin.locked') : t('admin.publicHint')}
        min={1}
        max={99}
        allowDecimal={false}
        disabled={locked}
        {...form.getInputProps('publicPercent')}
      />
      <NumberInput
        mt="sm"
        label={t('roundForm.picks')}
        min={1}
        max={20}
        allowDecimal={false}
        {...form.getInputProps('finalPicks')}
      />
    </Panel>
  )
}
