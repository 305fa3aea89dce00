import { readFileSync } from 'node:fs'
import { layerKinds } from '@taikai/shared/model/layers/registry'
import { type Tensor, tensor } from '@tensorflow/tfjs-core'
import { loadLayersModel } from '@tensorflow/tfjs-layers'
import { beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { createWasmEngine } from '../wasm.ts'
import { registerLayers } from './register-layers.ts'

const shape = z.array(z.number())
const referenceSchema = z.object({
  className: z.string(),
  config: z.record(z.string(), z.unknown()),
  inputs: z.array(shape),
  weights: z.array(shape),
  /** Which weights are variances. */
  positive: z.array(z.number()),
  shape,
  output: z.array(z.number()),
})
type Reference = z.infer<typeof referenceSchema>

// Written by references/make.py with Keras itself.
const references = readFileSync(new URL('references/keras.jsonl', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => referenceSchema.parse(JSON.parse(line)))

/** The same numbers as `values` in make.py. */
function values(size: readonly number[], seed: number, scale: number, positive = false): Tensor {
  const count = size.reduce((product, one) => product * one, 1)
  const numbers = Array.from({ length: count }, (_, index) => {
    const value = Math.sin(0.7 * index + 1.3 * seed + 0.3)
    return scale * Math.fround(positive ? Math.abs(value) + 0.5 : value)
  })
  return tensor(numbers, [...size])
}

beforeAll(async () => {
  await createWasmEngine()
  registerLayers()
})

describe('every layer gives what Keras gives', () => {
  it.each(
    references.map((one, index): [string, Reference] => [
      `${index} ${one.className} ${JSON.stringify(one.config)}`.slice(0, 120),
      one,
    ]),
  )('%s', async (_title, reference) => {
    const kind = layerKinds.get(reference.className)
    if (kind === undefined) throw new Error('no such kind')
    const described = kind(reference.config, reference.inputs)
    expect(described.outputs).toEqual([reference.shape])
    expect(described.weights.map((weight) => [...weight.shape])).toEqual(reference.weights)

    const inputs = reference.inputs.map((size, index) => ({
      class_name: 'InputLayer',
      name: `input_${index}`,
      config: { name: `input_${index}`, batch_input_shape: [null, ...size], dtype: 'float32', sparse: false },
      inbound_nodes: [],
    }))
    const engine = described.engine ?? { className: reference.className, config: described.config }
    const layer = {
      class_name: engine.className,
      name: 'layer',
      config: { ...engine.config, name: 'layer', trainable: true },
      inbound_nodes: [inputs.map(({ name }) => [name, 0, 0, {}])],
    }
    const modelTopology = {
      class_name: 'Model',
      config: {
        name: 'model',
        layers: [...inputs, layer],
        input_layers: inputs.map(({ name }) => [name, 0, 0]),
        output_layers: [['layer', 0, 0]],
      },
    }
    const model = await loadLayersModel({ load: async () => ({ modelTopology }) })
    model.setWeights(
      reference.weights.map((size, index) => values(size, 10 + index, 1, reference.positive.includes(index))),
    )
    const given = reference.inputs.map((size, index) => values([2, ...size], index, 3))
    const output = model.predict(given.length === 1 && given[0] !== undefined ? given[0] : given)
    const found = Array.isArray(output) ? output[0] : output
    expect(found?.shape).toEqual([2, ...reference.shape])
    const numbers = Array.from(found?.dataSync() ?? [])
    const largest = Math.max(1, ...reference.output.map(Math.abs))
    const farthest = Math.max(
      ...numbers.map((one, index) => Math.abs(one - (reference.output[index] ?? Number.NaN))),
    )
    expect(farthest / largest).toBeLessThan(5e-6)
  })
})
