import { describe, expect, it } from 'vitest'
import { formatNpz } from '../npz.ts'
import { offeredPresets } from '../preprocessing.ts'
import { adviseAgainst, noBetterThanGuessing } from './advise.ts'
import { readTrainingSample } from './training-sample.ts'
import { tryPreprocessing } from './try-preprocessing.ts'

const spec = { imageShape: [1, 2, 1], classCount: 3 } as const
const order = { channelOrder: 'rgb', flatOrder: 'hwc' } as const

describe('a trial', () => {
  /** Says class 0 for what is dark, class 1 for what is over 100 on the left, class 2 for what is over 100 on the right. */
  const predict = async (input: Float32Array, count: number) =>
    Float32Array.from({ length: count * 3 }, (_, at) => {
      const [image, label] = [Math.floor(at / 3), at % 3]
      return label === 0 ? 100 : (input[image * 2 + label - 1] ?? 0)
    })
  const sample = {
    images: Uint8Array.of(0, 0, 200, 0, 0, 200, 200, 0, 50, 60),
    labels: Uint8Array.of(0, 1, 2, 2, 1),
    pixelMean: Float64Array.of(200, 0),
  }
  const layout = 'hwc'

  it('counts what is right, and what was taken for what', async () => {
    const trial = await tryPreprocessing(predict, { layout }, spec, { preset: 'raw', ...order }, sample, null)
    expect(trial).toEqual({ correct: 3, total: 5, confusionMatrix: [1, 0, 0, 1, 1, 0, 0, 1, 1] })
  })

  it('gives the model what the preprocessing makes of the images', async () => {
    const unit = await tryPreprocessing(predict, { layout }, spec, { preset: 'unit', ...order }, sample, null)
    expect(unit).toMatchObject({ correct: 1, confusionMatrix: [1, 0, 0, 2, 0, 0, 2, 0, 0] })
  })

  it('predicts nothing where an output is no number', async () => {
    const broken = async (_: Float32Array, count: number) => new Float32Array(count * 3).fill(Number.NaN)
    const trial = await tryPreprocessing(broken, { layout }, spec, { preset: 'raw', ...order }, sample, null)
    expect(trial).toEqual({ correct: 0, total: 5, confusionMatrix: new Array(9).fill(0) })
  })
})

it('reads the training sample of a round', () => {
  const bytes = (data: Uint8Array, descr: string, ...shape: number[]) => ({ descr, shape, data })
  const npz = formatNpz({
    x_train: bytes(Uint8Array.of(1, 2, 3, 4), '|u1', 2, 1, 2),
    y_train: bytes(Uint8Array.of(1, 0), '|u1', 2),
    pixel_mean: bytes(new Uint8Array(Float64Array.of(2, 3).buffer), '<f8', 1, 2),
  })
  expect(readTrainingSample(npz)).toEqual({
    images: Uint8Array.of(1, 2, 3, 4),
    labels: Uint8Array.of(1, 0),
    pixelMean: Float64Array.of(2, 3),
  })
  expect(() => readTrainingSample(formatNpz({}))).toThrow(RangeError)
})

it.each([
  ['clearly better', 'unit', 10, 'raw'],
  ['better by eleven images of 200', 'unit', 160, 'raw'],
  ['better by ten images of 200 only', 'unit', 161, null],
  ['the chosen one', 'raw', 10, null],
  ['not tried', 'signed', 10, null],
] as const)('advises another preprocessing where it is %s', (_, chosen, unitCorrect, advice) => {
  const of = (preset: 'raw' | 'unit', correct: number) => {
    return { preset, trial: { correct, total: 200, confusionMatrix: [] } }
  }
  const tried = [of('raw', 171), of('unit', unitCorrect)]
  expect(adviseAgainst(chosen, tried)?.preset ?? null).toBe(advice)
})

// Of ten classes guessed on 200 images: 10 % ± 3 × √(0.1 × 0.9 / 200) = 16.36 %, which is 32.7 images.
it.each([
  [17, 0.085],
  [32, 0.16],
  [33, null],
] as const)('tells when the best preset, with %i of 200 images right, may be guessing', (correct, share) => {
  const of = (right: number) => {
    return { preset: 'unit' as const, trial: { correct: right, total: 200, confusionMatrix: [] } }
  }
  expect(noBetterThanGuessing([of(1), of(correct), of(2)], 10)).toBe(share)
  expect(noBetterThanGuessing([], 10)).toBe(null)
})

it('offers no preprocessing that divides by nothing, or that needs images that are not there', () => {
  expect(offeredPresets(null)).toEqual(['raw', 'unit', 'signed', 'custom'])
  expect(offeredPresets({ std: [60, 0, 60] })).toEqual([
    'raw',
    'unit',
    'signed',
    'unit-minus-pixel-mean',
    'custom',
  ])
  expect(offeredPresets({ std: [60, 61, 62] })).toHaveLength(6)
})
