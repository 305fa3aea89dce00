import type { LayerRecord } from './graph-totals.ts'
import type { ModelNode } from './keras/model-node.ts'
import type { WeightShape } from './layers/layer-kind.ts'
import type { StoredWeight } from './stored-weight.ts'
import { weightsMismatch } from './weights-mismatch.ts'

/** For every layer that has weights the stored ones, in the order of the layer's own `weights`. */
export type Binding = ReadonlyMap<LayerRecord, readonly StoredWeight[]>
/** How a format says which of its weights belong to which layer. Throws WEIGHTS_MISMATCH. */
export type BindWeights = (model: ModelNode, layers: readonly LayerRecord[]) => Binding

export const sameShape = (stored: StoredWeight, wanted: WeightShape) =>
  stored.shape.length === wanted.shape.length &&
  stored.shape.every((size, index) => size === wanted.shape[index])

/** `conv/kernel:0` gives `kernel`. */
export const roleOf = (name: string) => name.slice(name.lastIndexOf('/') + 1).replace(/:\d+$/, '')

/** Layers in the order of the file, each nested model's where the model stands; they run in another order. */
export const inFileOrder = (layers: readonly LayerRecord[]): LayerRecord[] =>
  layers.toSorted((a, b) => comparePaths(a.path, b.path))

function comparePaths(a: readonly string[], b: readonly string[]): number {
  for (let depth = 0; depth < Math.min(a.length, b.length); depth++) {
    const difference = positionOf(a[depth] ?? '') - positionOf(b[depth] ?? '')
    if (difference !== 0) return difference
  }
  return a.length - b.length
}
const positionOf = (clean: string) => Number(clean.slice(clean.lastIndexOf('_') + 1))

/**
 * Gives every layer its stored weights by name where the names say it, the others in the order of the file: TF.js and its
 * converters put the model's or the cell's name into weight names.
 */
export function bindByName(layers: readonly LayerRecord[], stored: readonly StoredWeight[]): Binding {
  const byName = new Map(stored.map((one) => [one.name, one]))
  const twice = stored.find((one) => byName.get(one.name) !== one)
  if (twice !== undefined) throw weightsMismatch('repeated', { weight: twice.name })
  const ordered = inFileOrder(layers)
  const named = new Map(
    ordered.flatMap((layer) =>
      layer.weights.map((weight) => [weight, byName.get(`${layer.name}/${weight.name}`)] as const),
    ),
  )
  const taken = new Set(named.values())
  // Counters (Normalization) and states of random generators are no part of what a model computes.
  const left = stored.filter((one) => !taken.has(one))
  const missing = [...named.values()].filter((one) => one === undefined).length
  const others = left.length === missing ? left : left.filter((one) => !one.isInteger)
  if (others.length !== missing)
    throw weightsMismatch('count', { expected: named.size, found: stored.length })
  let nextOther = 0
  const inOrder = ({ name }: WeightShape) => {
    const next = others[nextOther++]
    // At its place in the file a weight counts only with the right role: a kernel is not taken for a bias.
    return next !== undefined && roleOf(next.name) === roleOf(name) ? next : undefined
  }
  return new Map(
    ordered.map((layer) => [
      layer,
      layer.weights.map((weight) => {
        const found = named.get(weight) ?? inOrder(weight)
        if (found === undefined) throw weightsMismatch('missing', { weight: `${layer.name}/${weight.name}` })
        return found
      }),
    ]),
  )
}

/**
 * Every layer must have all its weights, each of the shape that follows from the topology, and no stored weight may serve two
 * layers. Throws WEIGHTS_MISMATCH.
 */
export function checkBinding(layers: readonly LayerRecord[], binding: Binding): void {
  const used = new Set<StoredWeight>()
  for (const layer of layers)
    for (const [index, weight] of layer.weights.entries()) {
      const stored = binding.get(layer)?.[index]
      const name = `${layer.name}/${weight.name}`
      if (stored === undefined) throw weightsMismatch('missing', { weight: name })
      if (!sameShape(stored, weight))
        throw weightsMismatch('shape', {
          weight: name,
          expected: show(weight.shape),
          found: show(stored.shape),
        })
      // One weight for two layers: they have the same name.
      if (used.has(stored)) throw weightsMismatch('repeated', { weight: name })
      used.add(stored)
    }
}

const show = (shape: readonly number[]) => `[${shape.slice(0, 8).join(', ')}]`
