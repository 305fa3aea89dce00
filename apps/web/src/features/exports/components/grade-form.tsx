import { Button, CloseButton, Group, NumberInput, SegmentedControl } from '@mantine/core'
import { betterDirection, type RankingMetric } from '@taikai/shared/ranking-metric'
import { gradeBases } from '@taikai/shared/wire/grades'
import { useTexts } from '../../../i18n/i18n.ts'
import { changeStep, type GradeValues, withoutStep, withStep } from './grade-rule.ts'

const stepsMax = 20
const number = { min: 0, max: 999_999, decimalScale: 4, allowNegative: false, hideControls: true } as const

type Props = { values: GradeValues; metric: RankingMetric; onChange(values: GradeValues): void }

/** How results become points. */
export function GradeForm({ values, metric, onChange }: Props) {
  const { t } = useTexts()
  const { by, steps } = values
  const limitLabel = t(`exports.limits.${by === 'rank' ? 'rank' : betterDirection(metric)}`)
  return (
    <>
      <SegmentedControl
        aria-label={t('exports.by')}
        value={by}
        onChange={(value) => {
          const chosen = gradeBases.find((base) => base === value)
          if (chosen !== undefined) onChange({ ...values, by: chosen })
        }}
        data={gradeBases.map((value) => ({ value, label: t(`exports.bases.${value}`) }))}
      />
      {by === 'score' && <p className="muted">{t('exports.percent')}</p>}
      {steps.map(({ key, limit, points }, index) => (
        <Group
          key={key}
          mt="sm"
          align="end"
          wrap="nowrap"
          gap="sm"
          role="group"
          aria-label={t('exports.step', { number: index + 1 })}
        >
          <NumberInput
            {...number}
            label={limitLabel}
            value={limit}
            onChange={(value) => onChange(changeStep(values, key, { limit: value }))}
          />
          <NumberInput
            {...number}
            label={t('exports.points')}
            value={points}
            onChange={(value) => onChange(changeStep(values, key, { points: value }))}
          />
          <CloseButton
            size="lg"
            aria-label={t('exports.removeStep', { number: index + 1 })}
            onClick={() => onChange(withoutStep(values, key))}
          />
        </Group>
      ))}
      <Button
        variant="default"
        mt="sm"
        disabled={steps.length >= stepsMax}
        onClick={() => onChange(withStep(values))}
      >
        {t('exports.addStep')}
      </Button>
      <Group mt="sm" align="end" gap="sm">
        <NumberInput
          {...number}
          label={t('exports.rest')}
          value={values.rest}
          onChange={(rest) => onChange({ ...values, rest })}
        />
        <NumberInput
          {...number}
          label={t('exports.none')}
          value={values.none}
          onChange={(none) => onChange({ ...values, none })}
        />
      </Group>
    </>
  )
}
