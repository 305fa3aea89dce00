import { type Binding, inFileOrder, roleOf, sameShape } from '../bind-weights.ts'
import type { LayerRecord } from '../graph-totals.ts'
import type { WeightShape } from '../layers/layer-kind.ts'
import { cleanName } from '../model-graph.ts'
import type { StoredWeight } from '../stored-weight.ts'
import { weightsMismatch } from '../weights-mismatch.ts'
import type { ModelNode } from './model-node.ts'

/** The weights of one layer of the outermost model, those of a nested model all together. */
export type WeightGroup = { layer: string; weights: readonly StoredWeight[] }
type Wanted = { layer: LayerRecord; weight: WeightShape }

/**
 * Keras' first HDF5 convention: one group per layer of the outermost model. Groups are told by the layer's name; where the
 * names are others (weights saved from another build of the same model), by their order, which is Keras' own rule.
 */
export function bindLayerGroups(
  model: ModelNode,
  layers: readonly LayerRecord[],
  stored: readonly WeightGroup[],
): Binding {
  // Layers that only keep a counter or the state of a random generator have nothing to give.
  const groups = stored.filter(({ weights }) => weights.some((one) => !one.isInteger))
  const owners = model.layers.flatMap(({ name }, index) => {
    const own = inFileOrder(layers.filter(({ path }) => path[0] === cleanName(index)))
    return own.some(({ weights }) => weights.length > 0) ? [{ name, layers: own }] : []
  })
  if (owners.length !== groups.length)
    throw weightsMismatch('layers', { expected: owners.length, found: groups.length })
  const byName = new Map(groups.map((group) => [group.layer, group]))
  const named = owners.every(({ name }) => byName.has(name)) && byName.size === groups.length
  const bound = new Map<LayerRecord, StoredWeight[]>()
  for (const [index, owner] of owners.entries()) {
    const found = (named ? byName.get(owner.name) : groups[index])?.weights ?? []
    const all = wantedOf(owner.layers)
    const weights = found.length === all.length ? found : found.filter((one) => !one.isInteger)
    const order = [byLayerName, trainableFirst, asTheyStand]
      .map((arrange) => arrange(owner.layers, weights))
      .find((wanted) => wanted !== null && fits(wanted, weights))
    // No order fits: the plain one goes on to the check of shapes, which says what is wrong.
    const chosen = order ?? all
    if (chosen.length !== weights.length)
      throw weightsMismatch('count-of-layer', {
        layer: owner.name,
        expected: all.length,
        found: weights.length,
      })
    const storedOf = new Map(chosen.map(({ weight }, at) => [weight, weights[at]]))
    for (const layer of owner.layers)
      bound.set(
        layer,
        layer.weights.flatMap((weight) => storedOf.get(weight) ?? []),
      )
  }
  return bound
}

const wantedOf = (layers: readonly LayerRecord[]): Wanted[] =>
  layers.flatMap((layer) => layer.weights.map((weight) => ({ layer, weight })))

type Arrange = (layers: readonly LayerRecord[], stored: readonly StoredWeight[]) => Wanted[] | null

/** Which weight each stored one is, told by the layer's name within its own; null where a name tells nothing or too much. */
const byLayerName: Arrange = (layers, stored) => {
  const places = new Map<StoredWeight, Wanted>()
  for (const layer of layers) {
    const mine = stored.filter(({ name }) => name.split('/').slice(0, -1).includes(layer.name))
    if (mine.length !== layer.weights.length) return null
    for (const [index, weight] of layer.weights.entries()) {
      const one = mine[index]
      if (one === undefined || places.has(one)) return null
      places.set(one, { layer, weight })
    }
  }
  const wanted = stored.flatMap((one) => places.get(one) ?? [])
  return wanted.length === stored.length ? wanted : null
}

const nonTrainable = new Set(['moving_mean', 'moving_variance', 'mean', 'variance'])

/** Keras lists the weights of a model with everything that is trained first, frozen layers and statistics after it. */
const trainableFirst: Arrange = (layers) => {
  const isTrained = ({ layer, weight }: Wanted) => layer.trainable && !nonTrainable.has(roleOf(weight.name))
  const all = wantedOf(layers)
  return [...all.filter(isTrained), ...all.filter((one) => !isTrained(one))]
}

const asTheyStand: Arrange = (layers) => wantedOf(layers)

const knownRoles = /^(\w*kernel|\w*bias|gamma|beta|moving_mean|moving_variance|embeddings|alpha)$/

/** Shapes must be the same, and a name that says what a weight is must not say something else. */
const fits = (wanted: readonly Wanted[], stored: readonly StoredWeight[]) =>
  wanted.length === stored.length &&
  wanted.every(({ weight }, index) => {
    const one = stored[index]
    if (one === undefined || !sameShape(one, weight)) return false
    const role = roleOf(one.name)
    return !knownRoles.test(role) || !knownRoles.test(roleOf(weight.name)) || role === roleOf(weight.name)
  })
