import { loadGraphModel } from '@tensorflow/tfjs-converter'
import { type Tensor, tensor } from '@tensorflow/tfjs-core'
import type { GraphModel } from '../model/parsed-model.ts'
import { batched } from './batched.ts'
import type { Predict } from './engine.ts'

/** Operations that tfjs-converter runs only asynchronously: control flow, and shapes that follow from values. */
const dynamic = new Set([
  'Switch',
  'Merge',
  'Enter',
  'Exit',
  'NextIteration',
  'LoopCond',
  'Where',
  'NonMaxSuppressionV2',
  'NonMaxSuppressionV3',
  'NonMaxSuppressionV4',
  'NonMaxSuppressionV5',
])

/** Builds a GraphModel on whatever TF.js backend is set. Throws when it does not build. */
export async function loadGraph(model: GraphModel): Promise<Predict> {
  const { nodes, weights, inputName, inputType, outputName } = model
  const graph = await loadGraphModel({
    load: async () => ({
      format: 'graph-model',
      modelTopology: { node: nodes, versions: {} },
      weightSpecs: weights.map(({ name, shape, dtype }) => ({ name, shape: [...shape], dtype })),
      weightData: joinWeights(weights),
    }),
  })
  const isDynamic = nodes.some(({ op }) => dynamic.has(op))
  return batched(model, async (input, dims) => {
    const feed = tensor(inputType === 'int32' ? Int32Array.from(input) : input, dims, inputType)
    const outputs: Tensor | Tensor[] = isDynamic
      ? await graph.executeAsync({ [inputName]: feed }, outputName)
      : graph.execute({ [inputName]: feed }, outputName)
    const output = Array.isArray(outputs) ? outputs[0] : outputs
    if (output === undefined) throw new Error('the scored output is missing')
    const values = Float32Array.from(output.dataSync())
    const { shape } = output
    feed.dispose()
    output.dispose()
    return { values, shape }
  })
}

/** As files hold them: four bytes each, little-endian, booleans one. */
function joinWeights(weights: GraphModel['weights']): ArrayBuffer {
  const parts = weights.map(({ dtype, data }) => {
    if (dtype === 'float32') return new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
    return dtype === 'int32' ? new Uint8Array(Int32Array.from(data).buffer) : Uint8Array.from(data)
  })
  const joined = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    joined.set(part, at)
    at += part.length
  }
  return joined.buffer
}
