import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { stratifiedSplit } from './split.ts'

function publicOfClass(isPublic: Uint8Array, labels: Uint8Array, wanted: number): number {
  return labels.reduce((sum, label, image) => sum + (label === wanted && isPublic[image] === 1 ? 1 : 0), 0)
}

describe('stratifiedSplit', () => {
  it('orders by HMAC-SHA-256 of the index under the seed', () => {
    // `printf N | openssl dgst -sha256 -hmac seed` begins 03c5, 6150, 5105, 5819 for N = 0..3: 0 and 2 come first.
    const { isPublic, publicCount } = stratifiedSplit(Uint8Array.of(0, 0, 0, 0), 1, 50, 'seed')
    expect([...isPublic]).toEqual([1, 0, 1, 0])
    expect(publicCount).toBe(2)
  })

  it('takes the share of each class, not of all', () => {
    const labels = Uint8Array.from({ length: 130 }, (_, image) => (image < 100 ? 0 : 1))
    const { isPublic, publicCount } = stratifiedSplit(labels, 2, 30, 'a')
    expect(publicOfClass(isPublic, labels, 0)).toBe(30)
    expect(publicOfClass(isPublic, labels, 1)).toBe(9)
    expect(publicCount).toBe(39)
  })

  it('rounds a half up: 25 % of 6 is 2, of 5 is 1', () => {
    expect(stratifiedSplit(new Uint8Array(6), 1, 25, 'a').publicCount).toBe(2)
    expect(stratifiedSplit(new Uint8Array(5), 1, 25, 'a').publicCount).toBe(1)
  })

  it('leaves one image of each class of two or more on either side', () => {
    const labels = Uint8Array.of(0, 1, 0, 1, 1, 2)
    const few = stratifiedSplit(labels, 3, 1, 'a').isPublic
    const many = stratifiedSplit(labels, 3, 99, 'a').isPublic
    expect([0, 1, 2].map((label) => publicOfClass(few, labels, label))).toEqual([1, 1, 0])
    expect([0, 1, 2].map((label) => publicOfClass(many, labels, label))).toEqual([1, 2, 1])
  })

  it('depends on the seed and on nothing else', () => {
    const labels = Uint8Array.from({ length: 200 }, (_, image) => image % 10)
    const first = stratifiedSplit(labels, 10, 30, 'a')
    expect(stratifiedSplit(labels, 10, 30, 'a')).toEqual(first)
    expect(stratifiedSplit(labels, 10, 30, 'b').splitId).not.toBe(first.splitId)
  })

  it('is named by the sum of its mask', () => {
    const { isPublic, splitId } = stratifiedSplit(new Uint8Array(9), 1, 50, 'a')
    expect(splitId).toBe(createHash('sha256').update(isPublic).digest('hex'))
  })

  it('refuses labels without a class', () => {
    expect(() => stratifiedSplit(Uint8Array.of(0, 2), 2, 50, 'a')).toThrow(RangeError)
  })
})
