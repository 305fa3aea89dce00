import type { Engine } from '@taikai/shared/engines/engine'
import { inspectModel } from '@taikai/shared/model/inspect'
import { beforeAll, expect, it } from 'vitest'
import { createWasmEngine } from '../wasm.ts'

let engine: Engine
beforeAll(async () => {
  engine = await createWasmEngine()
})

/** Each layer is called with the one before it; `inputs` names others. */
function functional(layers: { class_name: string; config: { name: string }; inputs?: string[] }[]) {
  const names = layers.map(({ config }) => config.name)
  return {
    class_name: 'Functional',
    config: {
      name: 'model',
      layers: layers.map(({ inputs, ...layer }, index) => ({
        ...layer,
        name: layer.config.name,
        inbound_nodes: index === 0 ? [] : [(inputs ?? [names[index - 1]]).map((name) => [name, 0, 0, {}])],
      })),
      input_layers: [[names[0], 0, 0]],
      output_layers: [[names.at(-1), 0, 0]],
    },
  }
}

const layers = [
  { class_name: 'InputLayer', config: { name: 'input', batch_input_shape: [null, 4, 4, 3] } },
  { class_name: 'RandomFlip', config: { name: 'flip', mode: 'horizontal' } },
  { class_name: 'Rescaling', config: { name: 'rescale', scale: 0.5, offset: -1 } },
  {
    class_name: 'Conv2D',
    config: { name: 'conv', filters: 6, kernel_size: 3, groups: 3, activation: 'silu' },
  },
  { class_name: 'GroupNormalization', config: { name: 'norm', groups: 2 } },
  { class_name: 'Reshape', config: { name: 'places', target_shape: [4, 6] } },
  {
    class_name: 'MultiHeadAttention',
    config: { name: 'attention', num_heads: 2, key_dim: 3 },
    inputs: ['places', 'places'],
  },
  {
    class_name: 'Bidirectional',
    config: {
      name: 'both',
      layer: { class_name: 'GRU', config: { units: 2, reset_after: true, name: 'gru' } },
    },
  },
  { class_name: 'Dense', config: { name: 'dense', units: 10 } },
  { class_name: 'Softmax', config: { name: 'softmax' } },
]
const gru = (direction: string) => [
  { name: `both/${direction}/kernel`, shape: [6, 6] },
  { name: `both/${direction}/recurrent_kernel`, shape: [2, 6] },
  { name: `both/${direction}/bias`, shape: [2, 6] },
]
const specs = [
  { name: 'conv/kernel', shape: [3, 3, 1, 6] },
  { name: 'conv/bias', shape: [6] },
  { name: 'norm/gamma', shape: [6] },
  { name: 'norm/beta', shape: [6] },
  ...['query', 'key', 'value'].flatMap((role) => [
    { name: `attention/${role}/kernel`, shape: [6, 2, 3] },
    { name: `attention/${role}/bias`, shape: [2, 3] },
  ]),
  { name: 'attention/attention_output/kernel', shape: [2, 3, 6] },
  { name: 'attention/attention_output/bias', shape: [6] },
  ...gru('forward'),
  ...gru('backward'),
  { name: 'dense/kernel', shape: [4, 10] },
  { name: 'dense/bias', shape: [10] },
].map((spec) => ({ ...spec, dtype: 'float32' }))
const total = specs.reduce((sum, { shape }) => sum + shape.reduce((product, size) => product * size, 1), 0)

it('computes operators with a constant as Keras does', async () => {
  const operation = (class_name: string, name: string, args: unknown[]) => ({
    class_name,
    name,
    module: 'keras.src.ops.numpy',
    registered_name: class_name,
    config: { name },
    inbound_nodes: [{ args, kwargs: {} }],
  })
  const from = (name: string) => ({ class_name: '__keras_tensor__', config: { keras_history: [name, 0, 0] } })
  const topology = {
    class_name: 'Functional',
    config: {
      layers: [
        { class_name: 'InputLayer', name: 'x', config: { batch_shape: [null, 2] }, inbound_nodes: [] },
        operation('TrueDivide', 'divided', [from('x'), 4]),
        operation('Subtract', 'turned', [1, from('divided')]),
        operation('Multiply', 'product', [from('turned'), from('x')]),
      ],
      input_layers: [['x', 0, 0]],
      output_layers: [['product', 0, 0]],
    },
  }
  const file = {
    name: 'model.json',
    bytes: new TextEncoder().encode(JSON.stringify({ modelTopology: topology, weightsManifest: [] })),
  }
  const { model } = await inspectModel([file], { imageShape: [1, 2, 1], classCount: 2 })
  await engine.load(model)
  // (1 − x / 4) · x of 2, 8, −4 and 1
  expect([...(await engine.predict(Float32Array.of(2, 8, -4, 1), 2))]).toEqual([1, -8, -8, 0.75])
})

it('reads and runs a model of layers that TF.js lacks', async () => {
  const json = {
    format: 'layers-model',
    modelTopology: { model_config: functional(layers), keras_version: '2.15.0' },
    weightsManifest: [{ paths: ['weights.bin'], weights: specs }],
  }
  const values = Float32Array.from({ length: total }, (_, index) => Math.sin(index))
  const files = [
    { name: 'model.json', bytes: new TextEncoder().encode(JSON.stringify(json)) },
    { name: 'weights.bin', bytes: new Uint8Array(values.buffer) },
  ]
  const { inspection, model } = await inspectModel(files, { imageShape: [4, 4, 3], classCount: 10 })
  // 60 + 12 + 3 × (36 + 6) + 42 + 2 × (36 + 12 + 12) + 50, by hand
  expect(inspection.parameters).toBe(410)
  expect(inspection.outputKind).toBe('probabilities')

  await engine.load(model)
  const images = Float32Array.from({ length: 2 * 48 }, (_, index) => (index * 7) % 5)
  const outputs = await engine.predict(images, 2)
  expect(outputs).toHaveLength(20)
  const sums = [outputs.slice(0, 10), outputs.slice(10)].map((one) =>
    one.reduce((sum, value) => sum + value, 0),
  )
  for (const sum of sums) expect(sum).toBeCloseTo(1, 5)
  expect(outputs.slice(0, 10)).not.toEqual(outputs.slice(10))
})
