import { type Tensor, tensor, tidy } from '@tensorflow/tfjs-core'
import { LayersModel, type layers, loadLayersModel } from '@tensorflow/tfjs-layers'
import type { LayersModel as ParsedLayers } from '../model/parsed-model.ts'
import type { Predict } from './engine.ts'
import { registerLayers } from './layers/register-layers.ts'

/** A Layers model on whatever TF.js backend is set. Throws when it does not build. */
export async function loadLayers(parsed: ParsedLayers): Promise<Predict> {
  const { inputShape, headIndex } = parsed
  const model = await buildLayers(parsed)
  return async (input, count) =>
    tidy(() => {
      const outputs = model.predict(tensor(input, [count, ...inputShape]), { batchSize: count })
      const head: Tensor | undefined = Array.isArray(outputs) ? outputs[headIndex] : outputs
      if (head === undefined) throw new Error('the scored output is missing')
      return Float32Array.from(head.dataSync())
    })
}

/** TF.js' own model, with its weights. */
export async function buildLayers({
  topology,
  weights,
}: Pick<ParsedLayers, 'topology' | 'weights'>): Promise<LayersModel> {
  registerLayers()
  const model = await loadLayersModel({ load: async () => ({ modelTopology: topology }) })
  for (const { path, values } of weights) {
    const layer = findLayer(model, path)
    // TF.js leaves out layers that lead to no output; their weights are of no use then.
    if (layer === null) continue
    const tensors = values.map(({ shape, data }) => tensor(data, [...shape]))
    layer.setWeights(tensors)
    for (const one of tensors) one.dispose()
  }
  return model
}

/** A layer by its name in each nested model; null when TF.js left it out. */
function findLayer(model: LayersModel, path: readonly string[]): layers.Layer | null {
  let found: layers.Layer = model
  for (const name of path) {
    const next: layers.Layer | undefined =
      found instanceof LayersModel ? found.layers.find((layer) => layer.name === name) : undefined
    if (next === undefined) return null
    found = next
  }
  return found
}
