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
    })
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
