import { expect, test } from 'vitest'
import { inspectModel } from './inspect.ts'

const spec = { imageShape: [1, 2, 1], classCount: 3 } as const

/** What is read from a TF.js model of these layers; every weight holds 120. */
async function expectsOf(layers: object[], weights: { name: string; shape: number[] }[]) {
  const specs = weights.map((weight) => ({ ...weight, dtype: 'float32' }))
  const count = weights.reduce(
    (sum, { shape }) => sum + shape.reduce((product, size) => product * size, 1),
    0,
  )
  const modelTopology = { class_name: 'Sequential', config: { layers } }
  const json = { modelTopology, weightsManifest: [{ paths: ['w'], weights: specs }] }
  const values = new Float32Array(count).fill(120)
  const { inspection } = await inspectModel(
    [
      { name: 'model.json', bytes: new TextEncoder().encode(JSON.stringify(json)) },
      { name: 'w', bytes: new Uint8Array(values.buffer) },
    ],
    spec,
  )
  return inspection.expects
}

const input = { batch_input_shape: [null, 1, 2, 1] }
const rescaling = { class_name: 'Rescaling', config: { name: 'r', scale: 1 / 255, ...input } }
const normalisation = {
  class_name: 'BatchNormalization',
  config: { name: 'n', axis: -1, scale: false, center: false, ...input },
}
const statistics = [
  { name: 'n/moving_mean', shape: [1] },
  { name: 'n/moving_variance', shape: [1] },
]
const pooled = [
  { class_name: 'GlobalAveragePooling2D', config: { name: 'g' } },
  { class_name: 'RepeatVector', config: { name: 'v', n: 3 } },
  { class_name: 'Flatten', config: { name: 'f' } },
]

test('a Rescaling before all weights tells that pixels from 0 to 255 are expected', async () => {
  const layers = [rescaling, normalisation, ...pooled]
  expect(await expectsOf(layers, statistics)).toEqual({ kind: 'rescaling', layer: 'r', scale: 1 / 255 })
})

test('the mean of a first normalisation tells what the model was trained on', async () => {
  expect(await expectsOf([normalisation, ...pooled], statistics)).toEqual({
    kind: 'normalization',
    layer: 'n',
    mean: 120,
  })
})

test('behind a layer with weights nothing tells of the input', async () => {
  const prelu = { class_name: 'PReLU', config: { name: 'p', shared_axes: [1, 2], ...input } }
  const weights = [{ name: 'p/alpha', shape: [1, 1, 1] }, ...statistics]
  expect(await expectsOf([prelu, normalisation, ...pooled], weights)).toBeUndefined()
})
