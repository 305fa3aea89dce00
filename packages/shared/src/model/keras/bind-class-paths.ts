import type { Binding } from '../bind-weights.ts'
import type { LayerRecord } from '../graph-totals.ts'
import type { WeightShape } from '../layers/layer-kind.ts'
import { cleanName } from '../model-graph.ts'
import type { StoredWeight } from '../stored-weight.ts'
import { weightsMismatch } from '../weights-mismatch.ts'
import type { LayerNode, ModelNode } from './model-node.ts'

/** A dataset of Keras' second HDF5 convention: `layers/conv2d_1/vars/0`, with plain slashes. */
export type PathWeight = { path: string; weight: StoredWeight }

/**
 * Keras' second HDF5 convention (`.keras` and `.weights.h5`): a path of class names, counted within each model, that says
 * nothing of the layers' own names.
 */
export function bindClassPaths(
  model: ModelNode,
  layers: readonly LayerRecord[],
  stored: readonly PathWeight[],
): Binding {
  const byPath = new Map(layers.map((layer) => [layer.path.join('/'), layer]))
  const bound = new Map<LayerRecord, StoredWeight[]>()
  const variables = groupVariables(stored)
  const wantsWeights = (path: readonly string[]) => {
    const prefix = `${path.join('/')}/`
    return layers.some(
      ({ path: own, weights }) => weights.length > 0 && `${own.join('/')}/`.startsWith(prefix),
    )
  }
  const visit = (node: ModelNode, clean: readonly string[], base: string): void => {
    const owners = node.layers
      .map((layer, index) => ({ layer, path: [...clean, cleanName(index)] }))
      .filter(({ path }) => wantsWeights(path))
    for (const { layer, path, place } of placesOf(owners, base, variables)) {
      if (layer.model !== null) visit(layer.model, path, `${place}/${containerOf(place, variables)}`)
      const record = byPath.get(path.join('/'))
      if (record !== undefined) bound.set(record, weightsAt(place, record, variables))
    }
  }
  visit(model, [], containerOf('', variables))
  return bound
}

type Owner = { layer: LayerNode; path: readonly string[] }

/**
 * Where the weights of each layer are: of every class, the first layer has the first place. Numbers may be left out: layers
 * without weights are counted too, and Keras 2.12 counted those with weights twice.
 */
function placesOf(
  owners: readonly Owner[],
  base: string,
  variables: ReadonlyMap<string, readonly StoredWeight[]>,
): (Owner & { place: string })[] {
  const names = new Set<string>()
  for (const [object, weights] of variables)
    if (object.startsWith(`${base}/`) && weights.some(({ isInteger }) => !isInteger))
      names.add(object.slice(base.length + 1).split('/')[0] ?? '')
  const used = new Map<string, number>()
  return owners.map((owner) => {
    const { className, model } = owner.layer
    const kind = snakeCase(model?.kind === 'functional' && className === 'Model' ? 'Functional' : className)
    const numberOf = (name: string) => (name === kind ? 0 : Number(name.slice(kind.length + 1)))
    const there = [...names]
      .filter((name) => name === kind || (name.startsWith(`${kind}_`) && Number.isInteger(numberOf(name))))
      .sort((a, b) => numberOf(a) - numberOf(b))
    const next = used.get(kind) ?? 0
    used.set(kind, next + 1)
    const name = there[next]
    if (name === undefined) throw weightsMismatch('missing', { weight: owner.layer.name })
    return { ...owner, place: `${base}/${name}` }
  })
}

/** Keras 2.12 kept layers under another name than all that came later. */
const containers = ['layers', '_layer_checkpoint_dependencies'] as const
function containerOf(place: string, variables: ReadonlyMap<string, unknown>): string {
  const prefix = place === '' ? '' : `${place}/`
  const paths = [...variables.keys()]
  return (
    containers.find((name) => paths.some((path) => path.startsWith(`${prefix}${name}/`))) ?? containers[0]
  )
}

/** keras.src.utils.naming.to_snake_case */
const snakeCase = (name: string) =>
  name
    .replace(/\W+/g, '')
    .replace(/(.)([A-Z][a-z]+)/g, '$1_$2')
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase()

/** The variables of each object, by the path of the object: `layers/lstm/cell` has those of `layers/lstm/cell/vars`. */
function groupVariables(stored: readonly PathWeight[]): ReadonlyMap<string, readonly StoredWeight[]> {
  const groups = new Map<string, { index: number; weight: StoredWeight }[]>()
  for (const { path, weight } of stored) {
    const [, object, index] = /^(.*)\/vars\/(\d+)$/.exec(path) ?? []
    if (object === undefined) continue
    const group = groups.get(object) ?? []
    group.push({ index: Number(index), weight })
    groups.set(object, group)
  }
  return new Map(
    [...groups].map(([object, weights]) => [
      object,
      weights.sort((a, b) => a.index - b.index).map(({ weight }) => weight),
    ]),
  )
}

/** What the parts of a layer are called in Keras' objects, by the first part of our weight's name. */
const parts: Readonly<Record<string, RegExp>> = {
  forward: /(^|\/)_?forward_layer(\/|$)/,
  backward: /(^|\/)_?backward_layer(\/|$)/,
  query: /(^|\/)_?query_dense(\/|$)/,
  key: /(^|\/)_?key_dense(\/|$)/,
  value: /(^|\/)_?value_dense(\/|$)/,
  attention_output: /(^|\/)_?output_dense(\/|$)/,
}

function weightsAt(
  place: string,
  record: LayerRecord,
  variables: ReadonlyMap<string, readonly StoredWeight[]>,
): StoredWeight[] {
  const all = [...variables].filter(([object]) => object === place || object.startsWith(`${place}/`))
  const objects = countOf(all) === record.weights.length ? all : withoutIntegers(all)
  const used = new Map<string, number>()
  const take = ({ name }: WeightShape): StoredWeight => {
    const part = name.includes('/') ? name.slice(0, name.indexOf('/')) : ''
    const pattern = Object.hasOwn(parts, part) ? parts[part] : undefined
    const fitting =
      pattern === undefined
        ? objects
        : objects.filter(([object]) => pattern.test(object.slice(place.length + 1)))
    const [only, second] = fitting
    const next = used.get(part) ?? 0
    used.set(part, next + 1)
    const found = second === undefined ? only?.[1][next] : undefined
    if (found === undefined) throw weightsMismatch('missing', { weight: `${record.name}/${name} (${place})` })
    return found
  }
  const taken = record.weights.map(take)
  if (countOf(objects) !== taken.length)
    throw weightsMismatch('count-of-layer', {
      layer: record.name,
      expected: taken.length,
      found: countOf(objects),
    })
  return taken
}

type Variables = readonly (readonly [object: string, weights: readonly StoredWeight[]])[]
const countOf = (objects: Variables) => objects.reduce((sum, [, weights]) => sum + weights.length, 0)
/** Without counters and the states of random generators, which are kept among the variables. */
const withoutIntegers = (objects: Variables): Variables =>
  objects.flatMap(([object, weights]) => {
    const numbers = weights.filter(({ isInteger }) => !isInteger)
    return numbers.length === 0 ? [] : [[object, numbers] as const]
  })
