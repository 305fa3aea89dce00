import { expect, it } from 'vitest'
import { changeStep, firstValues, toQuery, withoutStep, withStep } from './grade-rule.ts'

it('is written as the routes read it', () => {
  expect(toQuery(firstValues)).toEqual({ by: 'rank', steps: '3:100,10:90', rest: 80, none: 0 })
})

it('leaves out a step that is not filled in yet', () => {
  const added = withStep(firstValues)
  expect(toQuery(added).steps).toBe('3:100,10:90')
  const key = added.steps[2]?.key ?? 0
  expect(toQuery(changeStep(added, key, { limit: 20, points: 85.5 })).steps).toBe('3:100,10:90,20:85.5')
  expect(toQuery(withoutStep(added, 1)).steps).toBe('10:90')
})
