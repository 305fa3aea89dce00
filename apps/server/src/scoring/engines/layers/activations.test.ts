import { activate } from '@taikai/shared/engines/layers/activations'
import { tensor } from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { createWasmEngine } from '../wasm.ts'

beforeAll(async () => {
  await createWasmEngine()
})

const applied = (setting: unknown, x: number[]) => Array.from(activate(setting, tensor(x)).dataSync())

// What Keras 3 has no more, or never had; by their formulas.
describe('activations beside Keras 3’s', () => {
  it('hard_sigmoid of Keras 2 and TF.js is clip(0.2 x + 0.5, 0, 1)', () => {
    const found = applied('hardSigmoid', [-3, -1, 0, 1, 2.5, 9])
    for (const [index, expected] of [0, 0.3, 0.5, 0.7, 1, 1].entries())
      expect(found[index]).toBeCloseTo(expected, 6)
  })

  it('gelu_new is the approximation with tanh', () => {
    const [negative, zero, positive] = applied('gelu_new', [-1, 0, 2])
    expect(negative).toBeCloseTo(-0.158808, 5)
    expect(zero).toBe(0)
    expect(positive).toBeCloseTo(1.954598, 5)
  })

  it('step is 1 above 0 and else 0', () => {
    expect(applied('step', [-2, -0, 0, 1e-6, 3])).toEqual([0, 0, 0, 1, 1])
    expect(applied({ class_name: 'Step', config: {} }, [-1, 1])).toEqual([0, 1])
  })

  it('a sigmoid with gain is 1 / (1 + exp(-gain x))', () => {
    const [low, middle, high] = applied(
      { class_name: 'SigmoidWithGain', config: { gain: 4 } },
      [-0.5, 0, 0.25],
    )
    expect(low).toBeCloseTo(1 / (1 + Math.exp(2)), 6)
    expect(middle).toBe(0.5)
    expect(high).toBeCloseTo(1 / (1 + Math.exp(-1)), 6)
  })

  it('a thresholded ReLU passes what lies above theta', () => {
    expect(applied({ class_name: 'ThresholdedReLU', config: { theta: 1 } }, [-2, 0.5, 1, 1.5])).toEqual([
      0, 0, 0, 1.5,
    ])
  })

  it('takes functions as Keras 3 writes them, and settings in the spelling of TF.js', () => {
    expect(
      applied({ class_name: 'function', config: 'relu6', registered_name: 'relu6' }, [-1, 3, 8]),
    ).toEqual([0, 3, 6])
    expect(applied({ className: 'ReLU', config: { maxValue: 2 } }, [-1, 1, 3])).toEqual([0, 1, 2])
  })
})
