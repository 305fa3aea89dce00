import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mcNemarP } from './mcnemar.ts'

/** The same test as a fraction of whole numbers: 2 Σ C(n, i) over i ≤ fewer, of 2ⁿ. */
function exactP(onlyFirst: number, onlySecond: number): number {
  const n = onlyFirst + onlySecond
  let sum = 0n
  let choose = 1n
  for (let i = 0; i <= Math.min(onlyFirst, onlySecond); i++) {
    sum += choose
    choose = (choose * BigInt(n - i)) / BigInt(i + 1)
  }
  const all = 1n << BigInt(n)
  if (2n * sum >= all) return 1
  // Scaled so that the quotient keeps more than the 53 bits of a float64.
  const shift = n + 64 - sum.toString(2).length
  return Number(((2n * sum) << BigInt(shift)) / all) * 2 ** -shift
}

describe('mcNemarP', () => {
  it.each([
    // 2 (1 + 10) / 2¹⁰
    [1, 9, 0.021484375],
    // 2 (1 + 8 + 28 + 56) / 2⁸
    [5, 3, 0.7265625],
    // 2 (1 + 20 + 190 + 1140 + 4845 + 15504) / 2²⁰
    [15, 5, 43400 / 1048576],
    [8, 0, 2 / 256],
    [1, 0, 1],
    [2, 1, 1],
  ])('of %i to %i is %d', (onlyFirst, onlySecond, p) => {
    expect(mcNemarP(onlyFirst, onlySecond)).toBeCloseTo(p, 14)
  })

  it('is 1 without a discordant image, and where both sides have as many', () => {
    expect(mcNemarP(0, 0)).toBe(1)
    expect(mcNemarP(7, 7)).toBe(1)
    expect(mcNemarP(30_000, 30_000)).toBe(1)
  })

  it('equals the fraction of whole numbers', () => {
    const count = fc.nat(450)
    fc.assert(
      fc.property(count, count, (onlyFirst, onlySecond) => {
        const expected = exactP(onlyFirst, onlySecond)
        expect(Math.abs(mcNemarP(onlyFirst, onlySecond) / expected - 1)).toBeLessThan(1e-11)
      }),
    )
  })

  it.each([
    [10_000, 9_800],
    [9_999, 10_001],
    [11_000, 9_000],
    [20, 30_000],
  ])('holds for %i to %i', (onlyFirst, onlySecond) => {
    const expected = exactP(onlyFirst, onlySecond)
    expect(Math.abs(mcNemarP(onlyFirst, onlySecond) - expected)).toBeLessThanOrEqual(1e-9 * expected)
  })

  it('does not ask which model comes first', () => {
    fc.assert(fc.property(fc.nat(20_000), fc.nat(20_000), (a, b) => mcNemarP(a, b) === mcNemarP(b, a)))
  })
})
