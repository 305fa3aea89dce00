import { countCall, emptyTotals, type GraphTotals } from './graph-totals.ts'
import { brokenTopology } from './keras/broken-topology.ts'
import type { TensorReference } from './keras/connections.ts'
import type { Json, LayerNode, ModelNode } from './keras/model-node.ts'
import { type CleanLayer, callLayer, inputLayer, type Tensor, type Trace } from './layer-call.ts'
import type { Shape } from './layers/layer-kind.ts'
import type { OutputKind } from './output-kind.ts'

/** A tensor that leaves the model, and the layer that it comes from. */
export type Head = { name: string; shape: Shape; outputKind: OutputKind; trace: Trace }
/** A model read from JSON: the same layers under clean names, with nothing in them but what inference needs. */
export type ModelGraph = { topology: CleanLayer; heads: readonly Head[] }

/** The clean name of the layer that stands at `index` in its model. */
export const cleanName = (index: number) => `layer_${index}`

/** Reads a whole model for one image of `input`. Throws MODEL_TOPOLOGY_INVALID, LAYER_UNSUPPORTED or MODEL_TOO_LARGE. */
export function readGraph(model: ModelNode, input: Shape): { graph: ModelGraph; totals: GraphTotals } {
  const totals = emptyTotals()
  const image: Tensor = { shape: input, kind: 'unknown', trace: { path: [], from: [] } }
  const graph = readModel(model, [image], [], totals, true)
  return { graph, totals }
}

type Read = (
  model: ModelNode,
  inputs: readonly Tensor[],
  path: readonly string[],
  totals: GraphTotals,
  firstCall: boolean,
) => ModelGraph

const readModel: Read = (model, ...rest) =>
  model.kind === 'sequential' ? readSequential(model, ...rest) : readFunctional(model, ...rest)

const readSequential: Read = (model, inputs, path, totals, firstCall) => {
  const [input] = inputs
  if (input === undefined || inputs.length !== 1) throw brokenTopology('a Sequential takes one input')
  let tensors = inputs
  let name = ''
  const layers = [inputLayer('layer_input', input.shape)]
  for (const [index, layer] of model.layers.entries()) {
    name = layer.name
    if (layer.className === 'InputLayer') continue
    const read = readLayer(layer, [...path, cleanName(index)], tensors, totals, firstCall)
    layers.push(read.topology)
    tensors = read.outputs
  }
  const heads = tensors.map(({ shape, kind, trace }) => ({ name, shape, outputKind: kind, trace }))
  return { topology: { class_name: 'Sequential', config: { layers } }, heads }
}

const isModel = ({ class_name }: CleanLayer) => class_name === 'Sequential' || class_name === 'Model'

type Node = {
  layer: LayerNode
  clean: string
  calls: LayerNode['calls']
  done: Tensor[][]
  read: CleanLayer | null
}

const readFunctional: Read = (model, inputs, path, totals, firstCall) => {
  if (model.inputs.length !== inputs.length)
    throw brokenTopology('a model within it gets the wrong number of inputs')
  const nodes = new Map<string, Node>()
  for (const [index, layer] of model.layers.entries()) {
    if (nodes.has(layer.name)) throw brokenTopology(`two layers are named “${layer.name}”`)
    nodes.set(layer.name, { layer, clean: cleanName(index), calls: layer.calls, done: [], read: null })
  }
  for (const [index, { layer }] of model.inputs.entries()) {
    const source = nodes.get(layer)
    const given = inputs[index]
    if (source === undefined || given === undefined || source.layer.className !== 'InputLayer')
      throw brokenTopology('its input layer is missing')
    source.done = [[given]]
    source.calls = []
    source.read = inputLayer(source.clean, given.shape)
  }
  runInOrder(nodes, path, totals, firstCall)
  const headAt = ({ layer, node, tensor }: TensorReference) => {
    const found = nodes.get(layer)?.done[node]?.[tensor]
    if (found === undefined) throw brokenTopology(`the output “${layer}” is missing`)
    return { name: layer, shape: found.shape, outputKind: found.kind, trace: found.trace }
  }
  const rename = ({ layer, node, tensor }: TensorReference) => {
    const source = nodes.get(layer)
    // In TF.js a model has one node from the start, of its own inputs and outputs; calls of it come after.
    const first = source !== undefined && source.read !== null && isModel(source.read) ? 1 : 0
    return [source?.clean ?? '', node + first, tensor]
  }
  const layers: Json[] = [...nodes.values()].flatMap(({ read, clean, calls }) => {
    if (read === null) return []
    const copies: Json[] = []
    const inbound = calls.map((call, at) => {
      const seen = new Set<string>()
      return call.map((one, index) => {
        const given = rename(one)
        const key = JSON.stringify(given)
        if (!seen.has(key)) {
          seen.add(key)
          return [...given, {}]
        }
        const copy = copyOf(`${clean}_copy_${at}_${index}`, given)
        copies.push(copy)
        return [copy.name, 0, 0, {}]
      })
    })
    return [...copies, { ...read, name: clean, inbound_nodes: inbound }]
  })
  const config = {
    name: 'model',
    layers,
    input_layers: model.inputs.map(rename),
    output_layers: model.outputs.map(rename),
  }
  return { topology: { class_name: 'Model', config }, heads: model.outputs.map(headAt) }
}

/**
 * TF.js counts a layer that takes one tensor twice (attention of a tensor to itself) as one reader, and so gives the tensor
 * back while others still need it: the second time it gets a copy.
 */
const copyOf = (name: string, source: readonly unknown[]) => ({
  class_name: 'Activation',
  name,
  config: { name, activation: 'linear' },
  inbound_nodes: [[[...source, {}]]],
})

/** Calls every layer once its inputs are there. A round without progress means a cycle or a dangling name. */
function runInOrder(
  nodes: ReadonlyMap<string, Node>,
  path: readonly string[],
  totals: GraphTotals,
  firstCall: boolean,
): void {
  let waiting = [...nodes.values()].filter(({ calls }) => calls.length > 0)
  while (waiting.length > 0) {
    const stillWaiting: Node[] = []
    for (const node of waiting) {
      while (node.done.length < node.calls.length) {
        const call = node.calls[node.done.length] ?? []
        const tensors = call.flatMap(
          ({ layer, node: at, tensor }) => nodes.get(layer)?.done[at]?.[tensor] ?? [],
        )
        if (tensors.length < call.length) break
        const read = readLayer(
          node.layer,
          [...path, node.clean],
          tensors,
          totals,
          firstCall && node.read === null,
        )
        node.read ??= read.topology
        node.done.push(read.outputs)
      }
      if (node.done.length < node.calls.length) stillWaiting.push(node)
    }
    if (stillWaiting.length === waiting.length)
      throw brokenTopology('its layers form a cycle, or one that is named is missing')
    waiting = stillWaiting
  }
}

function readLayer(
  layer: LayerNode,
  path: readonly string[],
  inputs: readonly Tensor[],
  totals: GraphTotals,
  firstCall: boolean,
): { topology: CleanLayer; outputs: Tensor[] } {
  countCall(totals)
  if (layer.model === null) return callLayer(layer, path, inputs, totals, firstCall)
  const { topology, heads } = readModel(layer.model, inputs, path, totals, firstCall)
  return {
    topology: { class_name: topology.class_name, config: { ...topology.config, name: path.at(-1) } },
    outputs: heads.map(({ shape, outputKind, trace }) => ({ shape, kind: outputKind, trace })),
  }
}
