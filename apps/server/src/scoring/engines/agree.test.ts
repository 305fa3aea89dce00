import { expect, it } from 'vitest'
import { agree } from './agree.ts'

/** Two images of three classes. */
const reference = Float32Array.of(0.2, 0.5, 0.3, 0.6, 0.3, 0.1)
const with0 = (value: number) => reference.with(0, value)

it.each([
  ['the same', reference, true],
  ['less than 1e-4 away', with0(0.20009), true],
  ['more than 1e-4 away', with0(0.20011), false],
  ['not a number', with0(Number.NaN), false],
  ['endless', with0(Number.POSITIVE_INFINITY), false],
  ['of another length', reference.subarray(0, 3), false],
])('outputs that are %s', (_what, found, agrees) => {
  expect(agree(reference, found, 2)).toBe(agrees)
})

it('asks of logits beyond 1 the same part of the largest one of their image', () => {
  const logits = Float32Array.of(200, 100, 0, 1, 0, 0)
  expect(agree(logits, logits.with(2, 0.019), 2)).toBe(true)
  expect(agree(logits, logits.with(2, 0.021), 2)).toBe(false)
  expect(agree(logits, logits.with(5, 0.019), 2)).toBe(false)
})

it('takes another largest output only where the two are as near to each other', () => {
  // Each output is near enough. In the first pair the two are 0.00008 apart, in the second 0.00015.
  const moved = Float32Array.of(0.5 - 0.00009, 0.5 - 0.00008 + 0.00009)
  expect(agree(Float32Array.of(0.5, 0.5 - 0.00008), moved, 1)).toBe(true)
  const further = Float32Array.of(0.5 - 0.00009, 0.5 - 0.00015 + 0.00009)
  expect(agree(Float32Array.of(0.5, 0.5 - 0.00015), further, 1)).toBe(false)
})

it('believes no engine where the reference is not finite', () => {
  const broken = with0(Number.NaN)
  expect(agree(broken, broken, 2)).toBe(false)
})
