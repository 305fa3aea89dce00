import { TaikaiError } from '../errors.ts'
import type { StoredWeight } from './decode-weights.ts'
import type { WeightShape } from './layers/layer-kind.ts'
import type { LayerRecord } from './model-graph.ts'

/** The stored weights of one layer, in the order of the layer's own `weights`. */
export type BoundLayer = { path: readonly string[]; weights: readonly StoredWeight[] }

const sameShape = (stored: StoredWeight, wanted: WeightShape) =>
  stored.spec.shape.length === wanted.shape.length &&
  stored.spec.shape.every((size, index) => size === wanted.shape[index])
const lastPart = (name: string) => name.slice(name.lastIndexOf('/') + 1).replace(/:\d+$/, '')
const display = (layer: LayerRecord, weight: WeightShape) => `${layer.name}/${weight.name}`.slice(0, 100)

/**
 * Gives every layer its stored weights: by name where the names say it, the others in the order of the file (converters
 * put the model's or the cell's name into weight names). Either way each shape must be the one that follows from the topology,
 * and no stored weight may be left over. Throws WEIGHTS_MISMATCH (`reason`).
 */
export function bindWeights(layers: readonly LayerRecord[], stored: readonly StoredWeight[]): BoundLayer[] {
  const wanted = layers.flatMap((layer) => layer.weights.map((weight) => ({ layer, weight })))
  if (wanted.length !== stored.length)
    throw new TaikaiError('WEIGHTS_MISMATCH', {
      reason: `${stored.length} weights instead of ${wanted.length}`,
    })
  const byName = new Map(stored.map((one) => [one.spec.name, one]))
  if (byName.size !== stored.length)
    throw new TaikaiError('WEIGHTS_MISMATCH', { reason: 'two weights of one name' })
  const named = wanted.map(({ layer, weight }) => byName.get(`${layer.name}/${weight.name}`))
  const taken = new Set(named)
  const others = stored.filter((one) => !taken.has(one))
  let nextOther = 0
  const chosen = wanted.map(({ layer, weight }, index) => {
    const found = named[index] ?? inOrder(others[nextOther++], weight)
    if (found === undefined || !sameShape(found, weight)) throw misfit(display(layer, weight), weight, found)
    return found
  })
  if (new Set(chosen).size !== chosen.length)
    throw new TaikaiError('WEIGHTS_MISMATCH', { reason: 'two layers of one name' })
  let next = 0
  return layers.map(({ path, weights }) => {
    const mine = chosen.slice(next, next + weights.length)
    next += weights.length
    return { path, weights: mine }
  })
}

function misfit(name: string, weight: WeightShape, found: StoredWeight | undefined): TaikaiError {
  const is = found === undefined ? '' : ` and is [${found.spec.shape.join(', ')}]`
  return new TaikaiError('WEIGHTS_MISMATCH', {
    reason: `${name} should be [${weight.shape.join(', ')}]${is}`,
  })
}

/** A weight at its place in the file counts only if it has the right role there: a kernel is not taken for a bias. */
function inOrder(stored: StoredWeight | undefined, weight: WeightShape): StoredWeight | undefined {
  return stored !== undefined && lastPart(stored.spec.name) === lastPart(weight.name) ? stored : undefined
}
