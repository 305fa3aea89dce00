import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { packBits } from '../../../scoring/pack-bits.ts'
import { discordantCounts, readCorrectness } from './correctness.ts'

const correctness = (images: readonly boolean[]) => readCorrectness(packBits(images))

describe('discordantCounts', () => {
  it('counts what one of two has right', () => {
    const first = readCorrectness(Uint8Array.of(0b11110000, 0b1, 0, 0, 0x80))
    const second = readCorrectness(Uint8Array.of(0b00111100, 0b0, 0, 0, 0x80))
    expect(discordantCounts(first, second)).toEqual({ onlyFirst: 3, onlySecond: 2 })
  })

  it('equals a count image by image', () => {
    const pairs = fc.array(fc.tuple(fc.boolean(), fc.boolean()), { maxLength: 300 })
    fc.assert(
      fc.property(pairs, (images) => {
        const first = correctness(images.map(([one]) => one))
        const second = correctness(images.map(([, other]) => other))
        expect(first.correct).toBe(images.filter(([one]) => one).length)
        expect(discordantCounts(first, second)).toEqual({
          onlyFirst: images.filter(([one, other]) => one && !other).length,
          onlySecond: images.filter(([one, other]) => !one && other).length,
        })
      }),
    )
  })

  it('reads bits that begin within a buffer, as a database driver gives them', () => {
    const bits = new Uint8Array([0xff, 0xff, 0xff, 0b101]).subarray(3)
    expect(readCorrectness(bits).correct).toBe(2)
  })

  it('refuses to compare different splits', () => {
    expect(() =>
      discordantCounts(readCorrectness(new Uint8Array(4)), readCorrectness(new Uint8Array(5))),
    ).toThrow(RangeError)
  })
})
