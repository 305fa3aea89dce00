import type { Engine } from '@taikai/shared/engines/engine'
import { inspectModel } from '@taikai/shared/model/inspect'
import { beforeAll, expect, test } from 'vitest'
import { createWasmEngine } from './wasm.ts'

type Json = Record<string, unknown>
const spec = { imageShape: [2, 2, 2], classCount: 2 } as const
const image = Float32Array.from([1, 2, 3, 4, 5, 6, 7, 8]) // pixels (1,2) (3,4) / (5,6) (7,8)

let engine: Engine
beforeAll(async () => {
  engine = await createWasmEngine()
})

type Weights = Record<string, { shape: number[]; values: number[] }>

/** The files of a TF.js model with the given weights, by name. */
function filesOf(modelTopology: Json, weights: Weights) {
  const values = Float32Array.from(Object.values(weights).flatMap((weight) => weight.values))
  const specs = Object.entries(weights).map(([name, { shape }]) => ({ name, shape, dtype: 'float32' }))
  const weightsManifest = specs.length === 0 ? [] : [{ paths: ['w'], weights: specs }]
  const json = new TextEncoder().encode(JSON.stringify({ modelTopology, weightsManifest }))
  const shards = specs.length === 0 ? [] : [{ name: 'w', bytes: new Uint8Array(values.buffer) }]
  return [{ name: 'model.json', bytes: json }, ...shards]
}

/** What a model makes of the one image. */
async function run(topology: Json, weights: Weights): Promise<number[]> {
  const { model } = await inspectModel(filesOf(topology, weights), spec)
  await engine.load(model)
  return [...(await engine.predict(image, 1))]
}

const layer = (class_name: string, name: string, config: Json = {}, ...calls: string[][]) => ({
  class_name,
  name,
  config: { name, ...config },
  inbound_nodes: calls.map((call) =>
    call.map((from) => [from.split('@')[0], Number(from.split('@')[1] ?? 0), 0, {}]),
  ),
})
const functional = (layers: Json[], output: string, first = 'x') => ({
  class_name: 'Functional',
  config: { layers, input_layers: [[first, 0, 0]], output_layers: [[output, 0, 0]] },
})
const sequential = (name: string, ...layers: Json[]) => ({ name, layers })
const channelsFirst = { data_format: 'channels_first' }
const input = (shape: number[]) => layer('InputLayer', 'x', { batch_input_shape: [null, ...shape] })

test('a convolution over channels that come first gives what it gives in Keras', async () => {
  // 1×1 kernel [1, 1, 2, 2]: first filter a + 10 b, second filter 100 a, bias 0.5 and 0.
  const weights = {
    'c/kernel': { shape: [1, 1, 2, 2], values: [1, 100, 10, 0] },
    'c/bias': { shape: [2], values: [0.5, 0] },
  }
  const layers = [
    input([2, 2, 2]),
    layer('Conv2D', 'c', { filters: 2, kernel_size: 1, data_format: 'channels_first' }, ['x']),
    layer('GlobalMaxPooling2D', 'g', channelsFirst, ['c']),
  ]
  // As the shape [2, 2, 2] can be read both ways, channels come last: each plane is what the input's first axis holds.
  // Plane a = (1,2 / 3,4), plane b = (5,6 / 7,8): the largest are 4 + 80 + 0.5 and 400.
  expect(await run(functional(layers, 'g'), weights)).toEqual([84.5, 400])
})

test('an image of three channels is given plane by plane where the model wants it so', async () => {
  const layers = [input([3, 2, 2]), layer('GlobalAveragePooling2D', 'g', channelsFirst, ['x'])]
  const colour = { imageShape: [2, 2, 3], classCount: 3 } as const
  const { model } = await inspectModel(filesOf(functional(layers, 'g'), {}), colour)
  expect(model).toMatchObject({ layout: 'chw', inputShape: [3, 2, 2] })
})

test('Flatten keeps the order of the values, or moves channels last, as its data_format says', async () => {
  const one = (config: Json) =>
    functional([input([2, 2, 2]), layer('Flatten', 'f', config, ['x']), picked], 'd')
  // Takes the second value and the fifth.
  const kernel = Array.from({ length: 8 }, (_, row) => [row === 1 ? 1 : 0, row === 4 ? 1 : 0]).flat()
  const picked = layer('Dense', 'd', { units: 2, use_bias: false }, ['f'])
  const weights = { 'd/kernel': { shape: [8, 2], values: kernel } }
  expect(await run(one({}), weights)).toEqual([2, 5])
  // [plane, row, column] to [row, column, plane]: 1,5, 2,6, 3,7, 4,8.
  expect(await run(one(channelsFirst), weights)).toEqual([5, 3])
})

test('batch normalisation over the first axis uses one mean for each plane', async () => {
  const weights = {
    'n/moving_mean': { shape: [2], values: [1, 5] },
    'n/moving_variance': { shape: [2], values: [1, 4] },
  }
  const config = { axis: 1, epsilon: 0, scale: false, center: false }
  const layers = [
    input([2, 2, 2]),
    layer('BatchNormalization', 'n', config, ['x']),
    layer('GlobalMaxPooling2D', 'g', channelsFirst, ['n']),
  ]
  expect(await run(functional(layers, 'g'), weights)).toEqual([3, 1.5])
})

test.each([0, 1])('a model within a model can be called twice, its calls counted from %i', async (first) => {
  const config = sequential(
    'm',
    layer('Dense', 'd', { units: 2, use_bias: false, batch_input_shape: [null, 2] }),
  )
  const [once, twice] = [`m@${first}`, `m@${first + 1}`]
  const layers = [
    input([2, 2, 2]),
    layer('GlobalMaxPooling2D', 'g', {}, ['x']), // 7, 8
    { ...layer('Sequential', 'm', {}, ['g'], [once]), config },
    layer('Add', 'sum', {}, [once, twice]),
  ]
  // [a, b] → [2 b, a]: once 16, 7, twice 14, 16.
  const weights = { 'd/kernel': { shape: [2, 2], values: [0, 1, 2, 0] } }
  expect(await run(functional(layers, 'sum'), weights)).toEqual([30, 23])
})

test('a tensor that one layer takes twice is still there for the next', async () => {
  const layers = [
    input([2, 2, 2]),
    layer('GlobalMaxPooling2D', 'g', {}, ['x']),
    layer('Multiply', 'square', {}, ['g', 'g']),
    layer('Add', 'sum', {}, ['square', 'g']),
  ]
  expect(await run(functional(layers, 'sum'), {})).toEqual([56, 72])
})
