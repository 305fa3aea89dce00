import type { EngineName } from '@taikai/shared/model/engine-name'
import type { ParsedModel } from '@taikai/shared/model/inspect'
import { type Tensor, tensor, tidy } from '@tensorflow/tfjs-core'
import { LayersModel, type layers, loadLayersModel } from '@tensorflow/tfjs-layers'
import type { Engine } from './engine.ts'

/** The engine over whatever TF.js backend is set when it is made. */
export function tfjsEngine(name: EngineName, version: string): Engine {
  let loaded: { model: LayersModel; parsed: Omit<ParsedModel, 'weights' | 'topology'> } | null = null
  return {
    name,
    version,
    async load({ topology, weights, ...parsed }) {
      const model = await loadLayersModel({ load: async () => ({ modelTopology: topology }) })
      for (const { path, values } of weights) {
        const layer = findLayer(model, path)
        // TF.js leaves out layers that lead to no output; their weights are of no use then.
        if (layer === null) continue
        const tensors = values.map(({ shape, data }) => tensor(data, [...shape]))
        layer.setWeights(tensors)
        for (const one of tensors) one.dispose()
      }
      loaded = { model, parsed }
    },
    predict(input, count) {
      if (loaded === null) throw new Error('predict before load')
      const { model, parsed } = loaded
      return tidy(() => {
        const outputs = model.predict(tensor(input, [count, ...parsed.inputShape]), { batchSize: count })
        const head: Tensor | undefined = Array.isArray(outputs) ? outputs[parsed.headIndex] : outputs
        if (head === undefined) throw new Error('the scored output is missing')
        return Float32Array.from(head.dataSync())
      })
    },
    dispose() {
      loaded?.model.dispose()
      loaded = null
    },
  }
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
