import type { GradeQuery } from '@taikai/shared/wire/grades'

/** A number field holds '' while it is empty. */
type NumberField = number | string

export type GradeStep = { key: number; limit: NumberField; points: NumberField }
/** What the form of a rule holds. */
export type GradeValues = {
  by: GradeQuery['by']
  steps: readonly GradeStep[]
  rest: NumberField
  none: NumberField
}

export const firstValues: GradeValues = {
  by: 'rank',
  steps: [
    { key: 1, limit: 3, points: 100 },
    { key: 2, limit: 10, points: 90 },
  ],
  rest: 80,
  none: 0,
}

/** The rule as the routes read it. A step of which a field is empty is not there yet. */
export function toQuery({ by, steps, rest, none }: GradeValues): GradeQuery {
  const full = steps.filter(({ limit, points }) => limit !== '' && points !== '')
  return {
    by,
    steps: full.map(({ limit, points }) => `${limit}:${points}`).join(','),
    rest: Number(rest),
    none: Number(none),
  }
}

export function withStep(values: GradeValues): GradeValues {
  const key = Math.max(0, ...values.steps.map((step) => step.key)) + 1
  return { ...values, steps: [...values.steps, { key, limit: '', points: '' }] }
}

export function withoutStep(values: GradeValues, key: number): GradeValues {
  return { ...values, steps: values.steps.filter((step) => step.key !== key) }
}

export function changeStep(values: GradeValues, key: number, change: Partial<GradeStep>): GradeValues {
  return { ...values, steps: values.steps.map((step) => (step.key === key ? { ...step, ...change } : step)) }
}
