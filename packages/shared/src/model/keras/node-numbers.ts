import type { TensorReference } from './connections.ts'
import type { ModelNode } from './model-node.ts'

/**
 * Numbers the calls of every layer from 0. In Keras and in TF.js a model has a node from the start, of its own inputs and
 * outputs; most versions count that one where the model is a layer of another, so that its first call has the number 1.
 */
export function callsFromZero(model: ModelNode): ModelNode {
  const references = [...model.layers.flatMap(({ calls }) => calls.flat()), ...model.outputs]
  // Every call of a layer is written because something uses it: with n calls, the number n is there only if 0 is not.
  const callCounts = new Map(
    model.layers.filter((layer) => layer.model !== null).map(({ name, calls }) => [name, calls.length]),
  )
  const fromOne = new Set(
    references.filter(({ layer, node }) => callCounts.get(layer) === node).map(({ layer }) => layer),
  )
  if (fromOne.size === 0) return model
  const renumber = (reference: TensorReference) =>
    fromOne.has(reference.layer) ? { ...reference, node: reference.node - 1 } : reference
  return {
    ...model,
    layers: model.layers.map((layer) => ({ ...layer, calls: layer.calls.map((call) => call.map(renumber)) })),
    outputs: model.outputs.map(renumber),
  }
}
