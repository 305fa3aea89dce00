import { registerLayers } from '@taikai/shared/engines/layers/register-layers'
import { tensor } from '@tensorflow/tfjs-core'
import { loadLayersModel } from '@tensorflow/tfjs-layers'
import { beforeAll, expect, it } from 'vitest'
import { createWasmEngine } from '../wasm.ts'

beforeAll(async () => {
  await createWasmEngine()
  registerLayers()
})

async function encode(mode: string, rows: number[][]): Promise<unknown> {
  const columns = rows[0]?.length ?? 0
  const layers = [
    {
      class_name: 'InputLayer',
      config: { name: 'input', batch_input_shape: [null, columns], dtype: 'float32', sparse: false },
    },
    { class_name: 'CategoryEncoding', config: { name: 'encoding', num_tokens: 4, output_mode: mode } },
  ]
  const modelTopology = { class_name: 'Sequential', config: { name: 'model', layers } }
  const model = await loadLayersModel({ load: async () => ({ modelTopology }) })
  const output = model.predict(tensor(rows))
  return (Array.isArray(output) ? output[0] : output)?.arraySync()
}

// The examples of Keras' documentation of CategoryEncoding.
it('one_hot', async () => {
  expect(await encode('one_hot', [[3], [2], [0], [1]])).toEqual([
    [0, 0, 0, 1],
    [0, 0, 1, 0],
    [1, 0, 0, 0],
    [0, 1, 0, 0],
  ])
})

it('multi_hot', async () => {
  expect(
    await encode('multi_hot', [
      [0, 1],
      [0, 0],
      [1, 2],
      [3, 1],
    ]),
  ).toEqual([
    [1, 1, 0, 0],
    [1, 0, 0, 0],
    [0, 1, 1, 0],
    [0, 1, 0, 1],
  ])
})

it('count', async () => {
  expect(
    await encode('count', [
      [0, 1],
      [0, 0],
    ]),
  ).toEqual([
    [1, 1, 0, 0],
    [2, 0, 0, 0],
  ])
})
