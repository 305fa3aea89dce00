import { describe, expect, it } from 'vitest'
import { TaikaiError } from '../../errors.ts'
import { LayerFault, type LayerKind, type Shape } from './layer-kind.ts'
import { layerKinds } from './registry.ts'

function kind(className: string): LayerKind {
  const found = layerKinds.get(className)
  if (found === undefined) throw new Error(`no kind ${className}`)
  return found
}
const describeLayer = (className: string, config: object, ...inputs: Shape[]) =>
  kind(className)(config, inputs)

function unsupported(className: string, config: object, ...inputs: Shape[]): unknown {
  try {
    describeLayer(className, config, ...inputs)
  } catch (error) {
    if (error instanceof TaikaiError) return [error.code, error.params.layer]
    throw error
  }
  return 'accepted'
}

describe('multiply-accumulates, by hand', () => {
  it('of a convolution in groups: each filter sees its group of channels only', () => {
    const config = { filters: 6, kernel_size: [3, 3], groups: 3, padding: 'same' }
    const described = describeLayer('Conv2D', config, [4, 4, 6])
    expect(described.weights[0]?.shape).toEqual([3, 3, 2, 6])
    expect(described.macs).toBe(4 * 4 * 3 * 3 * 2 * 6)
    expect(described.engine?.className).toBe('GroupedConv2D')
  })

  it('of a separable convolution: depthwise, then pointwise', () => {
    const config = { filters: 5, kernel_size: 3, depth_multiplier: 2, padding: 'same' }
    expect(describeLayer('SeparableConv2D', config, [4, 4, 3]).macs).toBe(16 * (9 * 3 * 2) + 16 * (6 * 5))
  })

  it('of attention: four projections, scores and their sum', () => {
    const described = describeLayer('MultiHeadAttention', { num_heads: 2, key_dim: 3 }, [4, 5], [7, 5])
    const projections = 2 * (4 * 5 * 3 + 7 * 5 * 3 + 7 * 5 * 3) + 4 * 2 * 3 * 5
    expect(described.macs).toBe(projections + 2 * 4 * 7 * (3 + 3))
    expect(described.working).toBe(2 * 4 * 7) // the scores are more than the 2 × 7 × 3 keys
  })

  it('of a GRU: three gates a step, and two biases where the reset comes after', () => {
    const described = describeLayer('GRU', { units: 8, reset_after: true }, [28, 28])
    expect(described.macs).toBe(28 * (28 + 8) * 8 * 3)
    expect(described.weights.map(({ shape }) => shape)).toEqual([
      [28, 24],
      [8, 24],
      [2, 24],
    ])
    expect(describeLayer('GRU', { units: 8 }, [28, 28]).weights[2]?.shape).toEqual([24])
  })
})

describe('what a model does not do when it predicts', () => {
  it.each(['Dropout', 'SpatialDropout2D', 'RandomFlip', 'RandomRotation', 'GaussianNoise', 'RandomHeight'])(
    '%s becomes a linear activation that keeps the meaning of its input',
    (className) => {
      const described = describeLayer(className, { rate: 0.5, mode: 'horizontal' }, [4, 4, 3])
      expect(described).toMatchObject({
        outputs: [[4, 4, 3]],
        weights: [],
        passesOn: true,
        engine: { className: 'Activation', config: { activation: 'linear' } },
      })
    },
  )

  it('RandomCrop is one of them only where it keeps the size', () => {
    expect(describeLayer('RandomCrop', { height: 4, width: 4 }, [4, 4, 3]).passesOn).toBe(true)
    expect(() => describeLayer('RandomCrop', { height: 3, width: 3 }, [4, 4, 3])).toThrow(LayerFault)
  })
})

describe('layers that are another one under a wider name', () => {
  it('adaptive pooling is plain pooling where its windows are all alike', () => {
    const described = describeLayer('AdaptiveAveragePooling2D', { output_size: [2, 4] }, [8, 8, 3])
    expect(described.outputs).toEqual([[2, 4, 3]])
    expect(described.engine).toMatchObject({
      className: 'AveragePooling2D',
      config: { pool_size: [4, 2], strides: [4, 2] },
    })
    expect(unsupported('AdaptiveMaxPooling2D', { output_size: 3 }, [8, 8, 3])).toEqual([
      'LAYER_UNSUPPORTED',
      'AdaptiveMaxPooling2D(output_size=3×3)',
    ])
  })

  it.each([
    ['ab,bc->ac', 5, [4]],
    ['abc,cd->abd', [null, 5], [3, 4]],
    ['...x,xy->...y', [5], [2, 3, 4]],
  ])('EinsumDense with %s is Dense', (equation, output_shape, input) => {
    const last = equation.at(-1) ?? ''
    const described = describeLayer('EinsumDense', { equation, output_shape, bias_axes: last }, input)
    const dense = describeLayer('Dense', { units: 5 }, input)
    expect(described).toMatchObject({ outputs: dense.outputs, weights: dense.weights, macs: dense.macs })
    expect(described.engine).toEqual({ className: 'Dense', config: dense.config })
  })

  it.each(['abc,cde->abde', 'abc,bd->acd', 'ab,bc->ca', 'abc,cb->abb', 'ab,cb->ac'])(
    'EinsumDense with %s is not',
    (equation) => {
      expect(unsupported('EinsumDense', { equation, output_shape: [5] }, [3, 4])).toEqual([
        'LAYER_UNSUPPORTED',
        `EinsumDense(${equation})`,
      ])
    },
  )
})

describe('what would change the result is refused by name', () => {
  it.each<[string, object, Shape, string]>([
    ['Resizing', { height: 2, width: 2, interpolation: 'bicubic' }, [4, 4, 3], 'interpolation=bicubic'],
    ['Resizing', { height: 2, width: 2, antialias: true }, [4, 4, 3], 'Resizing(antialias=True)'],
    ['Activation', { activation: 'my_own' }, [4], 'activation=my_own'],
    [
      'Dense',
      { units: 2, activation: { class_name: 'function', config: '<lambda>' } },
      [4],
      'activation=<lambda>',
    ],
    ['Conv2DTranspose', { filters: 2, kernel_size: 3, output_padding: 1 }, [4, 4, 1], 'output_padding'],
    ['Conv2DTranspose', { filters: 2, kernel_size: 3, dilation_rate: 2 }, [4, 4, 1], 'dilation_rate'],
    ['LSTM', { units: 2, time_major: true }, [4, 1], 'time_major=True'],
    ['RNN', { cell: { class_name: 'PeepholeLSTMCell', config: {} } }, [4, 1], 'RNN(PeepholeLSTMCell)'],
    ['TimeDistributed', { layer: { class_name: 'Lambda', config: {} } }, [4, 1], 'TimeDistributed(Lambda)'],
  ])('%s %j', (className, config, input, layer) => {
    expect(unsupported(className, config, input)).toEqual(['LAYER_UNSUPPORTED', layer])
  })

  it('a Bidirectional whose backward layer is not the mirror of its forward layer', () => {
    const layer = { class_name: 'LSTM', config: { units: 2, activation: 'tanh' } }
    const mirror = { class_name: 'LSTM', config: { ...layer.config, go_backwards: true } }
    const other = { class_name: 'LSTM', config: { units: 2, activation: 'relu', go_backwards: true } }
    expect(unsupported('Bidirectional', { layer, backward_layer: mirror }, [4, 1])).toBe('accepted')
    expect(unsupported('Bidirectional', { layer, backward_layer: other }, [4, 1])).toEqual([
      'LAYER_UNSUPPORTED',
      'Bidirectional(backward_layer)',
    ])
  })

  it('there is no kind for code: Lambda and classes that are not Keras’', () => {
    for (const className of ['Lambda', 'TFOpLambda', 'MyBlock', 'constructor', '__proto__'])
      expect(layerKinds.has(className)).toBe(false)
  })
})

describe('configurations that cannot run are faults, not results', () => {
  it.each<[string, object, Shape[]]>([
    ['Conv2D', { filters: 4, kernel_size: 3, groups: 3 }, [[8, 8, 4]]],
    ['Conv2D', { filters: 4, kernel_size: 3, strides: 2, dilation_rate: 2 }, [[8, 8, 4]]],
    ['GroupNormalization', { groups: 3 }, [[4, 4, 4]]],
    ['GroupNormalization', { groups: -2 }, [[4, 4, 4]]],
    ['LayerNormalization', { axis: [3, 3] }, [[4, 4, 4]]],
    ['BatchNormalization', { axis: 0 }, [[4, 4, 4]]],
    ['Softmax', { axis: 0 }, [[4]]],
    ['Rescaling', { scale: [1, 2] }, [[4, 4, 3]]],
    ['Rescaling', { scale: [['x']] }, [[4, 4, 3]]],
    ['Normalization', { axis: [-1, -1], mean: null }, [[4, 4, 3]]],
    ['Normalization', { axis: -1, mean: [1, 2], variance: [1, 2] }, [[4, 4, 3]]],
    ['CenterCrop', { height: 9, width: 9 }, [[4, 4, 3]]],
    ['MultiHeadAttention', { num_heads: 1, key_dim: 1 }, [[4, 4]]],
    [
      'MultiHeadAttention',
      { num_heads: 1, key_dim: 1, attention_axes: [1] },
      [
        [2, 2, 4],
        [2, 2, 4],
      ],
    ],
    [
      'Attention',
      {},
      [
        [4, 3],
        [4, 2],
      ],
    ],
    ['Subtract', {}, [[4]]],
    ['RNN', {}, [[4, 1]]],
  ])('%s %j of %j', (className, config, inputs) => {
    expect(() => kind(className)(config, inputs)).toThrow(LayerFault)
  })
})

it('numbers may stand as NumPy wrote them, in Keras 2 and Keras 3', () => {
  const keras2 = describeLayer('LeakyReLU', { alpha: { type: 'ndarray', value: 0.1 } }, [4])
  const keras3 = describeLayer(
    'LeakyReLU',
    { alpha: { class_name: '__numpy__', config: { value: 0.1 } } },
    [4],
  )
  expect([keras2.config.alpha, keras3.config.alpha]).toEqual([0.1, 0.1])
  const scale = { class_name: '__numpy__', config: { value: [0.5, 1, 2], dtype: 'float32' } }
  expect(describeLayer('Rescaling', { scale }, [2, 2, 3]).config).toEqual({ scale: [0.5, 1, 2], offset: [0] })
})

it('no configuration reaches the engine with keys that its kind does not know', () => {
  const untrusted = JSON.parse(
    '{"units": 2, "__proto__": {"evil": 1}, "kernel_initializer": "Orthogonal", "x": 1}',
  )
  const { config } = describeLayer('Dense', untrusted, [4])
  expect(Object.keys(config).toSorted()).toEqual([
    'activation',
    'bias_initializer',
    'kernel_initializer',
    'units',
    'use_bias',
  ])
  expect(config.kernel_initializer).toEqual({ class_name: 'Zeros', config: {} })
})
