import { z } from 'zod'
import { TaikaiError } from '../errors.ts'
import { type DescribedLayer, LayerFault, type Shape, type WeightShape } from './layers/layer-kind.ts'
import { layerKinds } from './layers/registry.ts'
import { modelLimits } from './limits.ts'

const layerSchema = z.object({
  class_name: z.string().max(100),
  name: z.string().max(300).optional(),
  config: z.union([z.record(z.string(), z.unknown()), z.array(z.unknown())]),
  inbound_nodes: z.unknown().optional(),
})
const layersSchema = z.array(layerSchema).min(1).max(modelLimits.layers)
const tensorSchema = z
  .tuple([z.string().max(300), z.number().int().min(0), z.number().int().min(0)])
  .rest(z.unknown())
const tensorsSchema = z.union([
  z.array(tensorSchema).min(1).max(1000),
  tensorSchema.transform((one) => [one]),
])
const inboundSchema = z.array(z.array(tensorSchema).max(1000)).max(1000)
const functionalSchema = z.object({
  layers: layersSchema,
  input_layers: tensorsSchema,
  output_layers: tensorsSchema,
})
const declaredShapeSchema = z.array(z.number().int().min(1).max(1e9).nullable()).min(2).max(modelLimits.rank)

/** A shape as a file declares it, without the batch dimension; null where the size is open. */
export type DeclaredShape = readonly (number | null)[]

/** One layer of the file, nested models flattened; weights carry the names under which the file may hold them. */
export type LayerRecord = {
  name: string
  className: string
  outputShape: Shape
  activation: string | null
  weights: readonly WeightShape[]
  /** Where the engine finds the layer: its name in each nested model of the clean topology. */
  path: readonly string[]
}

/** A tensor's source, for telling what the outputs mean. */
export type Head = { name: string; shape: Shape; outputKind: OutputKind }
export type OutputKind = 'probabilities' | 'logits' | 'sigmoids' | 'unknown'

type Json = Record<string, unknown>
/** A model read from JSON: the same layers under clean names, with nothing in them but what inference needs. */
export type ModelGraph = { topology: { class_name: string; config: Json }; heads: readonly Head[] }
/** Totals over all (nested) layers; the limits are kept while a model is read, never after. */
export type GraphTotals = {
  layers: LayerRecord[]
  parameters: number
  macs: number
  activations: number
  count: number
}
type Reading = GraphTotals & { depth: number; path: readonly string[] }
type Tensor = { shape: Shape; kind: OutputKind }

const broken = (reason: string) => new TaikaiError('MODEL_TOPOLOGY_INVALID', { reason: reason.slice(0, 200) })
const modelClasses = new Set(['Sequential', 'Model', 'Functional', 'LayersModel'])

/** Unwraps what Keras and the converter put around a model: `{ model_config: { class_name, config } }`. */
export function modelNode(topology: Json): z.infer<typeof layerSchema> {
  const inner = Object.hasOwn(topology, 'model_config') ? topology.model_config : topology
  const parsed = layerSchema.safeParse(inner)
  if (!parsed.success || !modelClasses.has(parsed.data.class_name))
    throw broken('it is no Sequential and no Model')
  return parsed.data
}

/** The input shape that a model declares. Throws MODEL_TOPOLOGY_INVALID when it says none or has several inputs. */
export function declaredInput(node: z.infer<typeof layerSchema>): DeclaredShape {
  const layers = layersOf(node)
  let first = layers[0]
  if (node.class_name !== 'Sequential') {
    const { input_layers } = parseFunctional(node.config)
    if (input_layers.length !== 1) throw broken('it has several inputs')
    const name = input_layers[0]?.[0]
    first = layers.find((layer) => nameOf(layer) === name)
  }
  for (let depth = 0; first !== undefined && depth <= modelLimits.depth; depth++) {
    const config = Array.isArray(first.config) ? {} : first.config
    const declared = declaredShapeSchema.safeParse(
      normaliseBatch(config.batch_input_shape ?? config.batch_shape ?? withBatch(config.input_shape)),
    )
    if (declared.success) return declared.data.slice(1)
    if (!modelClasses.has(first.class_name)) break
    if (first.class_name !== 'Sequential') return declaredInput(first)
    first = layersOf(first)[0]
  }
  const built = Array.isArray(node.config)
    ? null
    : declaredShapeSchema.safeParse(normaliseBatch(node.config.build_input_shape))
  if (built?.success) return built.data.slice(1)
  throw broken('it declares no input shape')
}

const withBatch = (shape: unknown) => (Array.isArray(shape) ? [null, ...shape] : undefined)
/** The batch size is ours to choose, whatever number the file declares. */
const normaliseBatch = (shape: unknown) => (Array.isArray(shape) ? [null, ...shape.slice(1)] : shape)

const nameOf = (layer: z.infer<typeof layerSchema>): string => {
  const own = Array.isArray(layer.config) ? undefined : layer.config.name
  return layer.name ?? (typeof own === 'string' ? own.slice(0, 300) : '')
}

function layersOf(node: z.infer<typeof layerSchema>): z.infer<typeof layersSchema> {
  // Keras before 2.2.3 wrote the layers of a Sequential as a bare list.
  const parsed = layersSchema.safeParse(Array.isArray(node.config) ? node.config : node.config.layers)
  if (!parsed.success) throw broken('its list of layers is missing, damaged or too long')
  return parsed.data
}

function parseFunctional(config: unknown): z.infer<typeof functionalSchema> {
  const parsed = functionalSchema.safeParse(config)
  if (!parsed.success) throw broken('its layers, inputs or outputs are not described')
  return parsed.data
}

/** Reads a whole model for one image of `input`. Throws MODEL_TOPOLOGY_INVALID, LAYER_UNSUPPORTED or MODEL_TOO_LARGE. */
export function readGraph(
  node: z.infer<typeof layerSchema>,
  input: Shape,
): { graph: ModelGraph; totals: GraphTotals } {
  const totals = { layers: [], parameters: 0, macs: 0, activations: 0, count: 0 }
  const graph = readModel(
    node,
    [{ shape: input, kind: 'unknown' }],
    { ...totals, depth: 0, path: [] },
    totals,
  )
  return { graph, totals }
}

function readModel(
  node: z.infer<typeof layerSchema>,
  inputs: readonly Tensor[],
  reading: Reading,
  totals: GraphTotals,
): ModelGraph {
  if (reading.depth > modelLimits.depth) throw new TaikaiError('MODEL_TOO_LARGE', { what: 'nesting' })
  return node.class_name === 'Sequential'
    ? readSequential(node, inputs, reading, totals)
    : readFunctional(node, inputs, reading, totals)
}

function readSequential(
  node: z.infer<typeof layerSchema>,
  inputs: readonly Tensor[],
  reading: Reading,
  totals: GraphTotals,
): ModelGraph {
  let tensors = inputs
  let name = ''
  const [input] = inputs
  if (input === undefined || inputs.length !== 1) throw broken('a Sequential takes one input')
  const layers: Json[] = [inputLayer('layer_input', input.shape)]
  for (const [index, layer] of layersOf(node).entries()) {
    name = nameOf(layer)
    if (layer.class_name === 'InputLayer') continue
    const clean = `layer_${index}`
    const read = readLayer(layer, clean, tensors, reading, totals, true)
    layers.push({ class_name: read.topology.class_name, config: read.topology.config })
    tensors = read.outputs
  }
  const heads = tensors.map(({ shape, kind }) => ({ name, shape, outputKind: kind }))
  return { topology: { class_name: 'Sequential', config: { layers } }, heads }
}

const inputLayer = (name: string, shape: Shape) => ({
  class_name: 'InputLayer',
  config: { name, batch_input_shape: [null, ...shape], dtype: 'float32', sparse: false },
})

type Node = {
  layer: z.infer<typeof layerSchema>
  clean: string
  inbound: z.infer<typeof inboundSchema>
  done: Tensor[][]
  read: Json | null
}

function readFunctional(
  node: z.infer<typeof layerSchema>,
  inputs: readonly Tensor[],
  reading: Reading,
  totals: GraphTotals,
): ModelGraph {
  const { layers, input_layers, output_layers } = parseFunctional(node.config)
  if (input_layers.length !== inputs.length) throw broken('a model within it gets the wrong number of inputs')
  const nodes = new Map<string, Node>()
  for (const [index, layer] of layers.entries()) {
    const inbound = inboundSchema.safeParse(layer.inbound_nodes ?? [])
    if (!inbound.success) throw broken(`the connections of “${nameOf(layer)}” cannot be read`)
    if (nodes.has(nameOf(layer))) throw broken(`two layers are named “${nameOf(layer)}”`)
    nodes.set(nameOf(layer), { layer, clean: `layer_${index}`, inbound: inbound.data, done: [], read: null })
  }
  for (const [index, [name]] of input_layers.entries()) {
    const source = nodes.get(name)
    const given = inputs[index]
    if (source === undefined || given === undefined || source.layer.class_name !== 'InputLayer')
      throw broken('its input layer is missing')
    source.done = [[given]]
    source.inbound = []
    source.read = inputLayer(source.clean, given.shape)
  }
  runInOrder(nodes, reading, totals)
  const tensorAt = ([name, nodeIndex, tensorIndex]: z.infer<typeof tensorSchema>) => {
    const tensor = nodes.get(name)?.done[nodeIndex]?.[tensorIndex]
    if (tensor === undefined) throw broken(`the output “${name}” is missing`)
    return { name, shape: tensor.shape, outputKind: tensor.kind }
  }
  const rename = ([name, nodeIndex, tensorIndex]: z.infer<typeof tensorSchema>) => [
    nodes.get(name)?.clean ?? '',
    nodeIndex,
    tensorIndex,
  ]
  const clean = [...nodes.values()].flatMap(({ read, clean: name, inbound }) =>
    read === null
      ? []
      : [
          {
            ...read,
            name,
            inbound_nodes: inbound.map((call) => call.map((tensor) => [...rename(tensor), {}])),
          },
        ],
  )
  const config = {
    name: 'model',
    layers: clean,
    input_layers: input_layers.map(rename),
    output_layers: output_layers.map(rename),
  }
  return { topology: { class_name: 'Model', config }, heads: output_layers.map(tensorAt) }
}

/** Calls every layer once its inputs are there. A round without progress means a cycle or a dangling name. */
function runInOrder(nodes: ReadonlyMap<string, Node>, reading: Reading, totals: GraphTotals): void {
  let waiting = [...nodes.values()].filter((node) => node.inbound.length > 0)
  while (waiting.length > 0) {
    const stillWaiting: Node[] = []
    for (const node of waiting) {
      while (node.done.length < node.inbound.length) {
        const call = node.inbound[node.done.length] ?? []
        const tensors = call.flatMap(([name, at, index]) => nodes.get(name)?.done[at]?.[index] ?? [])
        if (tensors.length < call.length) break
        const read = readLayer(node.layer, node.clean, tensors, reading, totals, node.read === null)
        node.read ??= read.topology
        node.done.push(read.outputs)
      }
      if (node.done.length < node.inbound.length) stillWaiting.push(node)
    }
    if (stillWaiting.length === waiting.length)
      throw broken('its layers form a cycle, or one that is named is missing')
    waiting = stillWaiting
  }
}

/** One call of one layer. A shared layer's weights count at its first call, its work at each. */
function readLayer(
  layer: z.infer<typeof layerSchema>,
  clean: string,
  inputs: readonly Tensor[],
  reading: Reading,
  totals: GraphTotals,
  firstCall: boolean,
): { topology: { class_name: string; config: Json }; outputs: Tensor[] } {
  totals.count++
  if (totals.count > modelLimits.layers) throw new TaikaiError('MODEL_TOO_LARGE', { what: 'layers' })
  const path = [...reading.path, clean]
  if (modelClasses.has(layer.class_name)) {
    const silent = { ...totals, layers: [] }
    const into = firstCall ? totals : silent
    const model = readModel(layer, inputs, { ...reading, depth: reading.depth + 1, path }, into)
    if (!firstCall) {
      totals.macs = silent.macs
      totals.activations = silent.activations
      totals.count = silent.count
    }
    const outputs = model.heads.map(({ shape, outputKind }) => ({ shape, kind: outputKind }))
    return {
      topology: { class_name: model.topology.class_name, config: { ...model.topology.config, name: clean } },
      outputs,
    }
  }
  const described = describe(
    layer,
    inputs.map(({ shape }) => shape),
  )
  const outputShape = described.outputs[0] ?? []
  const weightCount = described.weights.reduce(
    (sum, { shape }) => sum + shape.reduce((product, size) => product * size, 1),
    0,
  )
  if (firstCall) {
    totals.parameters += weightCount
    totals.layers.push({
      name: nameOf(layer),
      className: layer.class_name,
      outputShape,
      activation: described.activation,
      weights: described.weights,
      path,
    })
  }
  totals.macs += described.macs
  keepLimits(described, totals)
  const kind = outputKindOf(layer.class_name, described.activation, inputs)
  return {
    topology: { class_name: layer.class_name, config: { ...described.config, name: clean, trainable: true } },
    outputs: described.outputs.map((shape) => ({ shape, kind })),
  }
}

function describe(layer: z.infer<typeof layerSchema>, inputs: readonly Shape[]): DescribedLayer {
  const kind = layerKinds.get(layer.class_name)
  if (kind === undefined) throw new TaikaiError('LAYER_UNSUPPORTED', { layer: layer.class_name })
  try {
    return kind(layer.config, inputs)
  } catch (error) {
    if (error instanceof LayerFault) throw broken(`${layer.class_name} “${nameOf(layer)}”: ${error.message}`)
    throw error
  }
}

function keepLimits(described: DescribedLayer, totals: GraphTotals): void {
  for (const shape of described.outputs) {
    const size = shape.reduce((product, one) => product * one, 1)
    totals.activations += size
    if (size > modelLimits.activation || shape.length >= modelLimits.rank)
      throw new TaikaiError('MODEL_TOO_LARGE', { what: 'activations' })
  }
  if (totals.activations > modelLimits.activationsTotal)
    throw new TaikaiError('MODEL_TOO_LARGE', { what: 'activations' })
  if (totals.parameters > modelLimits.parameters)
    throw new TaikaiError('MODEL_TOO_LARGE', { what: 'parameters' })
  if (totals.macs > modelLimits.macs) throw new TaikaiError('MODEL_TOO_LARGE', { what: 'macs' })
}

const passesOn = new Set([
  'Flatten',
  'Reshape',
  'Dropout',
  'AlphaDropout',
  'GaussianDropout',
  'GaussianNoise',
  'SpatialDropout1D',
])
const endsWithActivation = new Set([
  'Dense',
  'Activation',
  'Conv1D',
  'Conv2D',
  'Conv3D',
  'Conv2DTranspose',
  'SeparableConv2D',
  'DepthwiseConv2D',
])

/** What a layer's values are, told from its activation; unknown where values are mixed (pooling, merging, recurrence). */
function outputKindOf(className: string, activation: string | null, inputs: readonly Tensor[]): OutputKind {
  const before = inputs[0]?.kind ?? 'unknown'
  if (passesOn.has(className) || (className === 'Activation' && activation === 'linear')) return before
  if (className === 'Softmax') return 'probabilities'
  if (!endsWithActivation.has(className)) return 'unknown'
  if (activation === 'softmax') return 'probabilities'
  return activation === 'sigmoid' || activation === 'hard_sigmoid' ? 'sigmoids' : 'logits'
}
