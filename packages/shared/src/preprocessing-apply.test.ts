import { describe, expect, it } from 'vitest'
import { TaikaiError } from './errors.ts'
import type { Preprocessing } from './preprocessing.ts'
import { createPreprocess } from './preprocessing-apply.ts'
import { trainingStatistics } from './preprocessing-statistics.ts'

const colour = { imageShape: [1, 2, 3] as const }
const rgb = { channelOrder: 'rgb', flatOrder: 'hwc' } as const
/** Two pixels: (0, 51, 102) and (153, 204, 255). */
const pixels = Uint8Array.of(0, 51, 102, 153, 204, 255)

function apply(
  preprocessing: Preprocessing,
  layout: 'hwc' | 'flat' = 'hwc',
  training: Parameters<typeof createPreprocess>[3] = null,
) {
  const out = new Float32Array(6)
  createPreprocess(preprocessing, colour, layout, training)(pixels, 1, out)
  return [...out]
}
const float32 = (...values: number[]) => [...Float32Array.from(values)]

describe('presets', () => {
  it('raw, unit and signed', () => {
    expect(apply({ preset: 'raw', ...rgb })).toEqual([0, 51, 102, 153, 204, 255])
    expect(apply({ preset: 'unit', ...rgb })).toEqual(float32(0, 0.2, 0.4, 0.6, 0.8, 1))
    // numpy.float32: x / 127.5 rounds before 1 is taken away, so 51 gives 0.4f − 1 = −0.6 (with float32's own error)
    expect(apply({ preset: 'signed', ...rgb })).toEqual(
      [-1, Math.fround(0.4) - 1, Math.fround(0.8) - 1, Math.fround(1.2) - 1, Math.fround(1.6) - 1, 1].map(
        Math.fround,
      ),
    )
  })

  it('custom with one number for all channels, and with one each', () => {
    expect(apply({ preset: 'custom', mean: [51], std: [51], ...rgb })).toEqual([-1, 0, 1, 2, 3, 4])
    expect(apply({ preset: 'custom', mean: [0, 51, 102], std: [153, 51, 51], ...rgb })).toEqual([
      0, 0, 0, 1, 3, 3,
    ])
  })

  it('standardized and unit-minus-pixel-mean take the training images', () => {
    // Two training images. Channel 0: 0, 100, 100, 200 → mean 100, std √5000; channel 1: 10 always; channel 2: 0, 0, 20, 20.
    const images = Uint8Array.of(0, 10, 0, 100, 10, 0, 100, 10, 20, 200, 10, 20)
    const training = trainingStatistics(images, [1, 2, 3])
    expect(training.mean).toEqual([100, 10, 10])
    expect(training.std).toEqual([Math.sqrt(5000), 0, 10])
    expect(training.pixelMean && [...training.pixelMean]).toEqual([50, 10, 10, 150, 10, 10])
    const shifted = apply({ preset: 'unit-minus-pixel-mean', ...rgb }, 'hwc', training)
    for (const [at, value] of [-50, 41, 92, 3, 194, 245].entries())
      expect(shifted[at]).toBeCloseTo(value / 255, 6)
    const standardized = apply({ preset: 'standardized', ...rgb }, 'hwc', { ...training, std: [50, 1, 10] })
    expect(standardized).toEqual(float32(-2, 41, 9.2, 1.06, 194, 24.5))
  })

  it('refuses presets without their statistics, and numbers that do not fit', () => {
    for (const preset of ['standardized', 'unit-minus-pixel-mean'] as const)
      expect(() => apply({ preset, ...rgb })).toThrow(
        new TaikaiError('PREPROCESSING_UNAVAILABLE', { preset }),
      )
    expect(() =>
      apply({ preset: 'standardized', ...rgb }, 'hwc', { mean: [1, 1, 1], std: [1, 0, 1], pixelMean: null }),
    ).toThrow('PREPROCESSING_INVALID')
  })
})

describe('orders', () => {
  it('BGR swaps channels, statistics stay with their colour', () => {
    expect(apply({ preset: 'raw', channelOrder: 'bgr', flatOrder: 'hwc' })).toEqual([
      102, 51, 0, 255, 204, 153,
    ])
    const custom = {
      preset: 'custom',
      mean: [0, 0, 102],
      std: [1, 1, 1],
      channelOrder: 'bgr',
      flatOrder: 'hwc',
    } as const
    expect(apply({ ...custom, mean: [...custom.mean], std: [...custom.std] })).toEqual([
      0, 51, 0, 153, 204, 153,
    ])
  })

  it('a flat input may be channel after channel, an image may not', () => {
    const chw = { preset: 'raw', channelOrder: 'rgb', flatOrder: 'chw' } as const
    expect(apply(chw, 'flat')).toEqual([0, 153, 51, 204, 102, 255])
    expect(apply({ ...chw, channelOrder: 'bgr' }, 'flat')).toEqual([102, 255, 51, 204, 0, 153])
    expect(apply(chw, 'hwc')).toEqual([...pixels])
  })

  it('takes image after image from a batch and leaves the rest of the buffer alone', () => {
    const out = new Float32Array(12).fill(-7)
    createPreprocess({ preset: 'raw', ...rgb }, { imageShape: [1, 1, 3] }, 'hwc', null)(pixels, 2, out)
    expect([...out]).toEqual([...pixels, ...new Array<number>(6).fill(-7)])
  })
})
