import { expect, it } from 'vitest'
import { mostConfused } from './most-confused.ts'

it('names the mistake that was made most often', () => {
  expect(mostConfused([9, 1, 0, 2, 5, 3, 0, 3, 7], 3)).toEqual({ truth: 1, predicted: 2, count: 3 })
})

it('finds none where everything is right', () => {
  expect(mostConfused([9, 0, 0, 4], 2)).toBeNull()
})
