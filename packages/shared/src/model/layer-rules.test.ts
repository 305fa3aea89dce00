import { describe, expect, it } from 'vitest'
import { TaikaiError } from '../errors.ts'
import { inspectModel } from './inspect.ts'
import type { Inspection } from './inspection.ts'
import { checkLayerRules, type RoundModelRules, roundModelRulesSchema } from './layer-rules.ts'
import { layerClassNames } from './layers/class-names.ts'
import { layerKinds } from './layers/registry.ts'
import type { ImageSpec } from './model-file.ts'
import { type LayerJson, layer, modelFiles, sequential, type WeightJson } from './model-fixtures.ts'
import { floats, node, onnxFile, value } from './onnx/onnx-fixtures.ts'

const spec: ImageSpec = { imageShape: [4, 4, 1], classCount: 2 }
const noRules: RoundModelRules = {
  forbiddenLayers: [],
  requiredLayers: [],
  maxParameters: null,
  maxMacs: null,
}
const inspect = async (topology: unknown, weights: readonly WeightJson[]) =>
  (await inspectModel(modelFiles(topology, weights), spec)).inspection

function refusal(inspection: Inspection, rules: Partial<RoundModelRules>) {
  try {
    checkLayerRules(inspection, { ...noRules, ...rules })
  } catch (error) {
    if (error instanceof TaikaiError) return [error.code, error.params]
    throw error
  }
  return null
}

/** A functional model of `[name, layer, inputs]` with the output (or outputs) of the named layers. */
const functional = (layers: [name: string, one: LayerJson, inputs: string[]][], ...outputs: string[]) => ({
  class_name: 'Functional',
  config: {
    name: 'made',
    layers: [
      {
        class_name: 'InputLayer',
        name: 'image',
        config: { batch_input_shape: [null, 4, 4, 1] },
        inbound_nodes: [],
      },
      ...layers.map(([name, one, inputs]) => ({
        class_name: one.class_name,
        name,
        config: { ...one.config, name },
        inbound_nodes: [inputs.map((input) => [input, 0, 0, {}])],
      })),
    ],
    input_layers: [['image', 0, 0]],
    output_layers: outputs.map((output) => [output, 0, 0]),
  },
})
const weightsOf = (name: string, ...kernel: number[]): WeightJson[] => [
  { name: `${name}/kernel`, shape: kernel },
  { name: `${name}/bias`, shape: kernel.slice(-1) },
]
const rnnWeights = (name: string, features: number, columns: number): WeightJson[] => [
  { name: `${name}/kernel`, shape: [features, columns] },
  { name: `${name}/recurrent_kernel`, shape: [columns / 4, columns] },
  { name: `${name}/bias`, shape: [columns] },
]

/** Rows of the image go through the layer, then to two classes; `width` values come out of it. */
const onRows = (recurrent: LayerJson, width: number, weights: readonly WeightJson[]) =>
  inspect(
    functional(
      [
        ['rows', layer('Reshape', { target_shape: [4, 4] }), ['image']],
        ['recurrent', recurrent, ['rows']],
        ['classes', layer('Dense', { units: 2 }), ['recurrent']],
      ],
      'classes',
    ),
    [...weights, ...weightsOf('classes', width, 2)],
  )
const lstm = layer('LSTM', { units: 3 })

describe('layers within others', () => {
  it('counts a wrapped layer as its own class', async () => {
    const bidirectional = await onRows(layer('Bidirectional', { layer: lstm }), 6, [
      ...rnnWeights('recurrent/forward', 4, 12),
      ...rnnWeights('recurrent/backward', 4, 12),
    ])
    expect(refusal(bidirectional, { requiredLayers: ['LSTM'] })).toBeNull()
    expect(refusal(bidirectional, { requiredLayers: ['SimpleRNN', 'GRU'] })).toEqual([
      'RULE_LAYER_REQUIRED',
      { layers: 'SimpleRNN, GRU' },
    ])
    expect(refusal(bidirectional, { forbiddenLayers: ['LSTM'] })).toEqual([
      'RULE_LAYER_FORBIDDEN',
      { layer: 'LSTM', name: 'recurrent' },
    ])
  })

  it('counts an RNN around a cell as the layer of that cell', async () => {
    const cell = { class_name: 'LSTMCell', config: { units: 3 } }
    const around = await onRows(layer('RNN', { cell }), 3, rnnWeights('recurrent', 4, 12))
    expect(refusal(around, { requiredLayers: ['LSTM'] })).toBeNull()
    expect(refusal(around, { forbiddenLayers: ['LSTM'] })?.[0]).toBe('RULE_LAYER_FORBIDDEN')
  })

  it('sees a convolution within a wrapper and within a nested model', async () => {
    const conv = layer('Conv2D', { name: 'inner', filters: 2, kernel_size: 3 })
    const wrapped = await inspect(
      functional(
        [
          ['one', layer('Reshape', { target_shape: [1, 4, 4, 1] }), ['image']],
          ['wrapped', layer('TimeDistributed', { layer: conv }), ['one']],
          ['flat', layer('Flatten'), ['wrapped']],
          ['classes', layer('Dense', { units: 2 }), ['flat']],
        ],
        'classes',
      ),
      [...weightsOf('wrapped', 3, 3, 1, 2), ...weightsOf('classes', 8, 2)],
    )
    const nested = await inspect(
      sequential(
        [4, 4, 1],
        sequential([4, 4, 1], conv),
        layer('Flatten'),
        layer('Dense', { units: 2, name: 'd' }),
      ),
      [...weightsOf('inner', 3, 3, 1, 2), ...weightsOf('d', 8, 2)],
    )
    for (const inspection of [wrapped, nested]) {
      expect(refusal(inspection, { forbiddenLayers: ['Conv2D'] })?.[0]).toBe('RULE_LAYER_FORBIDDEN')
      expect(refusal(inspection, { requiredLayers: ['Conv2D'] })).toBeNull()
    }
  })
})

describe('the way to the scored output', async () => {
  /** A convolution that only a second output depends on, which has no number per class. */
  const aside = await inspect(
    functional(
      [
        ['seen', layer('Conv2D', { filters: 1, kernel_size: 3 }), ['image']],
        ['flat', layer('Flatten'), ['image']],
        ['classes', layer('Dense', { units: 2 }), ['flat']],
      ],
      'classes',
      'seen',
    ),
    [...weightsOf('seen', 3, 3, 1, 1), ...weightsOf('classes', 16, 2)],
  )

  it('does not take a required layer beside the way', () => {
    expect(refusal(aside, { requiredLayers: ['Conv2D'] })).toEqual([
      'RULE_LAYER_REQUIRED',
      { layers: 'Conv2D' },
    ])
    expect(refusal(aside, { requiredLayers: ['Conv2D', 'Dense'] })).toBeNull()
    expect(aside.layers.map(({ name, onPath }) => [name, onPath])).toEqual([
      ['seen', false],
      ['flat', true],
      ['classes', true],
    ])
  })

  it('refuses a forbidden layer wherever it stands', () => {
    expect(refusal(aside, { forbiddenLayers: ['Conv2D'] })?.[0]).toBe('RULE_LAYER_FORBIDDEN')
  })

  it('follows the one output of a nested model that is used', async () => {
    const inner = functional(
      [
        ['first', layer('Flatten'), ['image']],
        ['second', layer('GlobalMaxPooling2D'), ['image']],
      ],
      'first',
      'second',
    )
    const { config } = functional(
      [
        ['inner', inner, ['image']],
        ['classes', layer('Dense', { units: 2 }), ['inner']],
      ],
      'classes',
    )
    const inspection = await inspect({ class_name: 'Functional', config }, weightsOf('classes', 16, 2))
    expect(refusal(inspection, { requiredLayers: ['Flatten'] })).toBeNull()
    expect(refusal(inspection, { requiredLayers: ['GlobalMaxPooling2D'] })?.[0]).toBe('RULE_LAYER_REQUIRED')
  })
})

describe('sizes', async () => {
  const dense = await inspect(
    sequential([16], layer('Dense', { units: 2, name: 'd' })),
    weightsOf('d', 16, 2),
  )
  const { inspection: onnx } = await inspectModel(
    [
      onnxFile({
        nodes: [node('Sum', ['x', 'x'], ['a']), node('MatMul', ['a', 'kernel'], ['y'])],
        initializers: [floats('kernel', [16, 2], new Array<number>(32).fill(1))],
        inputs: [value('x', ['n', 16])],
        outputs: [value('y', ['n', 2])],
      }),
    ],
    spec,
  )

  it('are compared with the limits of the round: 34 parameters, 32 MACs', () => {
    expect(refusal(dense, { maxParameters: 34, maxMacs: 32 })).toBeNull()
    expect(refusal(dense, { maxParameters: 33 })).toEqual(['RULE_PARAMETERS', { found: 34, limit: 33 }])
    expect(refusal(dense, { maxMacs: 31 })).toEqual(['RULE_MACS', { found: 32, limit: 31 }])
  })

  it('must be known where there is a limit', () => {
    const unknown = { ...onnx, macs: null }
    expect(refusal(unknown, { maxMacs: 1000 })).toEqual(['RULE_MACS_UNKNOWN', { limit: 1000 }])
    expect(refusal(unknown, { maxParameters: 1000 })).toBeNull()
  })

  it('are all that can be asked of a model without layers', () => {
    expect(refusal(onnx, { forbiddenLayers: ['Conv2D'] })).toEqual(['RULE_FORMAT', { format: 'ONNX' }])
    expect(refusal(onnx, { requiredLayers: ['LSTM'] })?.[0]).toBe('RULE_FORMAT')
    expect(refusal(onnx, {})).toBeNull()
  })
})

describe('what rules may say', () => {
  it('names every layer that can be scored, and no other', () => {
    expect([...layerClassNames].sort()).toEqual([...layerKinds.keys()].sort())
    expect(roundModelRulesSchema.safeParse({ ...noRules, forbiddenLayers: ['Conv2d'] }).success).toBe(false)
    expect(roundModelRulesSchema.safeParse({ ...noRules, maxMacs: 0 }).success).toBe(false)
  })
})
