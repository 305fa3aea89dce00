import { describe, expect, it } from 'vitest'
import { computeScore } from './metrics.ts'

const all = () => true
const score = (
  rows: number[][],
  labels: number[],
  outputKind: 'probabilities' | 'logits' | 'sigmoids' | 'unknown',
  include: (image: number) => boolean = all,
) =>
  computeScore({
    outputs: Float32Array.from(rows.flat()),
    labels: Uint8Array.from(labels),
    outputKind,
    classCount: rows[0]?.length ?? 0,
    include,
  })

describe('probabilities', () => {
  const rows = [
    [0.5, 0.25, 0.25],
    [0.125, 0.75, 0.125],
    [0.25, 0.5, 0.25],
  ]

  it('counts, cross-entropy and squared error', () => {
    const result = score(rows, [0, 1, 2], 'probabilities')
    expect(result).toMatchObject({
      correct: 2,
      total: 3,
      perClassCorrect: [1, 1, 0],
      perClassTotal: [1, 1, 1],
    })
    expect(result.confusionMatrix).toEqual([1, 0, 0, 0, 1, 0, 0, 1, 0])
    expect(result.crossEntropy).toBeCloseTo((Math.log(2) + Math.log(4 / 3) + Math.log(4)) / 3, 12)
    // ½(¼ + 1⁄16 + 1⁄16), ½(1⁄64 + 1⁄16 + 1⁄64), ½(1⁄16 + ¼ + 9⁄16)
    expect(result.squaredError).toBeCloseTo((0.1875 + 0.046875 + 0.4375) / 3, 12)
  })

  it('takes only the images of the split', () => {
    const result = score(rows, [0, 1, 2], 'probabilities', (image) => image === 2)
    expect(result).toMatchObject({ correct: 0, total: 1, squaredError: 0.4375 })
    expect(score(rows, [0, 1, 2], 'probabilities', () => false)).toMatchObject({
      total: 0,
      crossEntropy: 0,
      squaredError: 0,
      macroF1: 0,
      calibrationError: 0,
      crossEntropySd: 0,
      squaredErrorSd: 0,
      correctBits: new Uint8Array(0),
    })
  })

  it('standard deviations over images', () => {
    const result = score(rows, [0, 1, 2], 'probabilities')
    // Squared errors 12, 3 and 28 of 64; cross-entropies ln 2, ln 4/3, ln 4, by Σ over pairs (x − y)² / n(n − 1).
    expect(result.squaredErrorSd).toBeCloseTo(Math.sqrt(1443) / 3 / 64, 12)
    const pairs = Math.log(3 / 2) ** 2 + Math.log(2) ** 2 + Math.log(3) ** 2
    expect(result.crossEntropySd).toBeCloseTo(Math.sqrt(pairs / 6), 12)
    expect(score(rows, [0, 1, 2], 'probabilities', (image) => image === 2)).toMatchObject({
      crossEntropySd: 0,
      squaredErrorSd: 0,
    })
  })

  it('macro-F1 over all classes', () => {
    // F1 of the classes: 1, 2 / (1 + 2), 0 / (1 + 0).
    expect(score(rows, [0, 1, 2], 'probabilities').macroF1).toBeCloseTo(5 / 9, 12)
    // Neither there nor predicted: 0 / 0 counts as 0.
    expect(score(rows.slice(0, 2), [0, 1], 'probabilities').macroF1).toBeCloseTo(2 / 3, 12)
  })

  it('the confidence of the predicted class against its accuracy', () => {
    const { calibrationError, calibrationBins } = score(rows, [0, 1, 2], 'probabilities')
    // ½ lies in bin 7 (twice, one right), ¾ in bin 11.
    const empty = { count: 0, meanConfidence: 0, accuracy: 0 }
    const bins = new Array(15).fill(empty)
    bins[7] = { count: 2, meanConfidence: 0.5, accuracy: 0.5 }
    bins[11] = { count: 1, meanConfidence: 0.75, accuracy: 1 }
    expect(calibrationBins).toEqual(bins)
    expect(calibrationError).toBeCloseTo(0.25 / 3, 12)
  })

  it('clips a probability of 0 to 1e-7', () => {
    expect(score([[1, 0]], [1], 'probabilities').crossEntropy).toBeCloseTo(-Math.log(1e-7), 12)
  })
})

describe('ties', () => {
  it('go to the lowest class', () => {
    const rows = [
      [0.5, 0.5],
      [0.5, 0.5],
    ]
    expect(score(rows, [0, 1], 'probabilities')).toMatchObject({ correct: 1, confusionMatrix: [1, 0, 1, 0] })
  })

  it('decide the five best by index too', () => {
    const row = [1, 1, 1, 1, 1, 1, 0, 2]
    // Order: 7, 0, 1, 2, 3 | 4, 5, 6
    const hit = [0, 1, 2, 3, 4, 5, 6, 7].map((label) => score([row], [label], 'logits').top5Correct)
    expect(hit).toEqual([1, 1, 1, 1, 0, 0, 0, 1])
  })
})

describe('bits of the images', () => {
  it('stand in the order of the dataset, for the images of the split only', () => {
    const best = (label: number) => [0, 1, 2, 3, 4, 5].map((index) => (index === label ? 9 : -index))
    // Every image but the third says class 1: then come 0, 2, 3, 4 | 5.
    const rows = [best(1), best(1), best(0), best(1), best(1)]
    const labels = [1, 5, 1, 3, 1]
    const result = score(rows, labels, 'logits')
    expect([...result.correctBits]).toEqual([0b10001])
    expect([...result.top5Bits]).toEqual([0b11101])
    const odd = score(rows, labels, 'logits', (image) => image % 2 === 1)
    expect([...odd.correctBits]).toEqual([0b00])
    expect([...odd.top5Bits]).toEqual([0b10])
  })
})

describe('other heads', () => {
  it('logits go through softmax, also large ones', () => {
    // softmax(0, ln 3) = (¼, ¾)
    const result = score([[1000, 1000 + Math.log(3)]], [1], 'logits')
    expect(result.crossEntropy).toBeCloseTo(Math.log(4 / 3), 4)
    expect(result.squaredError).toBeCloseTo(0.0625, 4)
  })

  it('sigmoids give raw values to the squared error and normalised ones to the cross-entropy', () => {
    const result = score([[0.75, 0.75]], [0], 'sigmoids')
    expect(result.squaredError).toBe((0.0625 + 0.5625) / 2)
    expect(result.crossEntropy).toBeCloseTo(Math.log(2), 12)
    expect(score([[0, 0]], [0], 'sigmoids').crossEntropy).toBeCloseTo(Math.log(2), 12)
    expect(result.calibrationBins[7]).toEqual({ count: 1, meanConfidence: 0.5, accuracy: 1 })
  })

  it('an unknown head is read by its rows: sums of 1 are probabilities, else logits', () => {
    expect(score([[0.75, 0.25]], [0], 'unknown').crossEntropy).toBeCloseTo(Math.log(4 / 3), 12)
    expect(score([[2, -1]], [0], 'unknown').crossEntropy).toBeCloseTo(Math.log(1 + Math.exp(-3)), 6)
    // One row that is none decides for all, whichever split asks.
    const mixed = [
      [0.75, 0.25],
      [0, 0],
    ]
    expect(score(mixed, [0, 0], 'unknown', (image) => image === 0).crossEntropy).toBeCloseTo(
      Math.log(1 + Math.exp(-0.5)),
      6,
    )
  })
})
