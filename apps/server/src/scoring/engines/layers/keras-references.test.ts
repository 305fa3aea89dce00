import { registerLayers } from '@taikai/shared/engines/layers/register-layers'
import { tensor } from '@tensorflow/tfjs-core'
import { loadLayersModel } from '@tensorflow/tfjs-layers'
import { beforeAll, describe, expect, it } from 'vitest'
import { createWasmEngine } from '../wasm.ts'
import { distanceFrom, inputsOf, references, topologyOf, weightsOf } from './references/references.ts'

beforeAll(async () => {
  await createWasmEngine()
  registerLayers()
})

describe('every layer gives what Keras gives', () => {
  it.each(references)('%s', async (_title, reference) => {
    const modelTopology = topologyOf(reference)
    const model = await loadLayersModel({ load: async () => ({ modelTopology }) })
    model.setWeights(weightsOf(reference).map(({ data, shape }) => tensor(data, [...shape])))
    const given = inputsOf(reference).map(({ data, shape }) => tensor(data, [...shape]))
    const output = model.predict(given.length === 1 && given[0] !== undefined ? given[0] : given)
    const found = Array.isArray(output) ? output[0] : output
    expect(found?.shape).toEqual([2, ...reference.shape])
    expect(distanceFrom(reference, found?.dataSync() ?? [])).toBeLessThan(5e-6)
  })
})
