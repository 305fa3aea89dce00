import { registerLayers } from '@taikai/shared/engines/layers/register-layers'
import { layerKinds } from '@taikai/shared/model/layers/registry'
import { type Tensor, tensor } from '@tensorflow/tfjs-core'
import { loadLayersModel } from '@tensorflow/tfjs-layers'
import { beforeAll, expect, it } from 'vitest'
import { createWasmEngine } from '../wasm.ts'

beforeAll(async () => {
  await createWasmEngine()
  registerLayers()
})

const cleaned = (className: string, name: string, config: object, input: readonly number[]) => {
  const described = layerKinds.get(className)?.(config, [input])
  const engine = described?.engine ?? { className, config: described?.config ?? {} }
  return { class_name: engine.className, config: { ...engine.config, name } }
}

/** Masking and a GRU over `time` steps of two features; the weights are always the same. */
async function maskedGru(time: number, x: Tensor, masks: boolean): Promise<number[]> {
  const input = {
    class_name: 'InputLayer',
    config: { name: 'input', batch_input_shape: [null, time, 2], dtype: 'float32', sparse: false },
  }
  const layers = [
    input,
    ...(masks ? [cleaned('Masking', 'mask', { mask_value: 0 }, [time, 2])] : []),
    cleaned('GRU', 'gru', { units: 2, reset_after: true }, [time, 2]),
  ]
  const modelTopology = { class_name: 'Sequential', config: { name: 'model', layers } }
  const model = await loadLayersModel({ load: async () => ({ modelTopology }) })
  const weights = [
    [2, 6],
    [2, 6],
    [2, 6],
  ].map((shape, seed) =>
    tensor(
      Array.from({ length: 12 }, (_, index) => Math.sin(index + 3 * seed)),
      shape,
    ),
  )
  model.setWeights(weights)
  const output = model.predict(x)
  return Array.from((Array.isArray(output) ? output[0] : output)?.dataSync() ?? [])
}

it('a GRU with reset_after skips the steps that a Masking layer before it marks', async () => {
  const steps = [0.3, -0.8, 0.9, 0.2]
  const alone = await maskedGru(2, tensor(steps, [1, 2, 2]), false)
  const masked = await maskedGru(4, tensor([...steps, 0, 0, 0, 0], [1, 4, 2]), true)
  const unmasked = await maskedGru(4, tensor([...steps, 0, 0, 0, 0], [1, 4, 2]), false)
  expect(alone).toHaveLength(2)
  for (const [index, value] of alone.entries()) expect(masked[index]).toBeCloseTo(value, 6)
  expect(unmasked[0]).not.toBeCloseTo(alone[0] ?? 0, 3)
})
