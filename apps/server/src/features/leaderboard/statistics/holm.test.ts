import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { holmAdjusted } from './holm.ts'

/** From the definition, without sorting: of every p that is not above it, p times the number that are not below that one. */
function naiveAdjusted(pValues: readonly number[]): number[] {
  return pValues.map((own) =>
    Math.max(
      ...pValues
        .filter((p) => p <= own)
        .map((p) => Math.min(1, p * pValues.filter((other) => other >= p).length)),
    ),
  )
}

describe('holmAdjusted', () => {
  it.each([
    // 3 × 0.01, 2 × 0.04, and not less than that: 0.08
    [
      [0.01, 0.04, 0.05],
      [0.03, 0.08, 0.08],
    ],
    // In the order given: the smallest, 0.02, stands last.
    [
      [0.5, 0.25, 0.02],
      [0.5, 0.5, 0.06],
    ],
    [
      [0.6, 0.9],
      [1, 1],
    ],
    [[0.03], [0.03]],
    [[], []],
  ])('of %j is %j', (pValues, adjusted) => {
    const result = holmAdjusted(pValues)
    expect(result).toHaveLength(adjusted.length)
    for (const [at, p] of adjusted.entries()) expect(result[at]).toBeCloseTo(p, 15)
  })

  it('equals the definition', () => {
    // Few values, so that equal ones are common.
    const p = fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom(0, 0.01, 0.05, 1))
    fc.assert(
      fc.property(fc.array(p, { maxLength: 30 }), (pValues) => {
        expect(holmAdjusted(pValues)).toEqual(naiveAdjusted(pValues))
      }),
    )
  })
})
