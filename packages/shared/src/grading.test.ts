import { expect, it } from 'vitest'
import { gradePoints, gradeValue } from './grading.ts'
import { type GradeRule, gradeQuerySchema, gradeRuleOf } from './wire/grades.ts'

const bands: GradeRule = {
  by: 'rank',
  steps: [
    { limit: 10, points: 90 },
    { limit: 3, points: 100 },
  ],
  rest: 80,
  none: 0,
}

it.each([
  [1, 100],
  [3, 100],
  [4, 90],
  [10, 90],
  [11, 80],
])('rank %i has %i points', (rank, points) => {
  expect(gradePoints(bands, 'accuracy', { rank, value: 50 })).toBe(points)
})

it('an entry without a result has the points of none', () => {
  expect(gradePoints({ ...bands, none: 7 }, 'accuracy', null)).toBe(7)
})

const row = { correct: 7, total: 10, top5Wrong: 1, crossEntropy: 0.5, squaredError: 0.25, macroF1: 0.625 }
it.each([
  ['accuracy', 70],
  ['top5-error', 10],
  ['cross-entropy', 0.5],
  ['squared-error', 0.25],
  ['macro-f1', 0.625],
] as const)('thresholds of %s are held against %d', (metric, value) => {
  expect(gradeValue(metric, row)).toBe(value)
})

it('a value reaches a threshold that it equals', () => {
  const rule: GradeRule = { by: 'score', steps: [{ limit: 70, points: 95 }], rest: 60, none: 0 }
  const points = (correct: number, total: number) =>
    gradePoints(rule, 'accuracy', { rank: 1, value: gradeValue('accuracy', { ...row, correct, total }) })
  expect([points(7, 10), points(69_999, 100_000), points(700, 1000)]).toEqual([95, 60, 95])
})

it('where less is better, a value reaches what it does not exceed', () => {
  const rule: GradeRule = { by: 'score', steps: [{ limit: 0.5, points: 95 }], rest: 60, none: 0 }
  const points = (value: number) => gradePoints(rule, 'cross-entropy', { rank: 1, value })
  expect([points(0.4999), points(0.5), points(0.5001)]).toEqual([95, 95, 60])
})

it('is written in an address', () => {
  const query = gradeQuerySchema.parse({ by: 'score', steps: '90:100,70.5:80', rest: '60', none: '0' })
  expect(gradeRuleOf(query)).toEqual({
    by: 'score',
    steps: [
      { limit: 90, points: 100 },
      { limit: 70.5, points: 80 },
    ],
    rest: 60,
    none: 0,
  })
  expect(gradeQuerySchema.safeParse({ by: 'rank', steps: '3', rest: '1', none: '0' }).success).toBe(false)
})
