import { z } from 'zod'
import { TaikaiError } from '../../errors.ts'
import { chooseHead } from '../choose-head.ts'
import type { DeclaredShape } from '../declared-input.ts'
import { locateWeights } from '../decode-weights.ts'
import { matchInput } from '../input-shape.ts'
import type { Inspection } from '../inspection.ts'
import { inputsBySource, withInputs } from '../layer-inputs.ts'
import type { LayersFile } from '../layers-file.ts'
import { modelLimits } from '../limits.ts'
import { type ImageSpec, unusedFiles } from '../model-file.ts'
import type { BatchRule, GraphModel, Inspected } from '../parsed-model.ts'
import { graphMacs } from './graph-macs.ts'
import { type GraphNode, graphShapeSchema, nodeName, readGraphNodes, sizesOf } from './graph-node.ts'

const weightTypes = ['float32', 'int32', 'bool'] as const
/** The types that an input may have: TensorFlow's names and numbers (types.proto); bytes are int32 in TensorFlow.js. */
const inputTypes: ReadonlyMap<string | number, GraphModel['inputType']> = new Map<
  string | number,
  GraphModel['inputType']
>([
  ['DT_FLOAT', 'float32'],
  [1, 'float32'],
  ['DT_INT32', 'int32'],
  [3, 'int32'],
  ['DT_UINT8', 'int32'],
  [4, 'int32'],
])
/** A model must give the same outputs each time, and hold all that it needs. */
const refused = new Set([
  'RandomUniform',
  'RandomStandardNormal',
  'RandomUniformInt',
  'TruncatedNormal',
  'Multinomial',
  'HashTable',
  'HashTableV2',
  'VarHandleOp',
  'VariableV2',
  'While',
  'StatelessWhile',
  'If',
  'StatelessIf',
  'PartitionedCall',
  'StatefulPartitionedCall',
])

/**
 * A TensorFlow.js GraphModel: one image input and the last output with a number per class. Throws TaikaiError with a MODEL_, LAYER_, INPUT_, OUTPUT_ or WEIGHTS_ code.
 */
export function inspectGraph(file: LayersFile, spec: ImageSpec): Inspected {
  const nodes = readGraphNodes(file.topology)
  const byName = new Map(nodes.map((node) => [node.name, node]))
  checkNodes(nodes, byName)
  const signature = signatureSchema.parse(file.signature ?? {})
  const input = findInput(nodes, byName, signature.inputs)
  const outputs = findOutputs(nodes, byName, signature.outputs)
  const { shape, layout, batch } = readInput(input.sizes, spec)
  const headIndex = chooseHead(
    outputs.map(({ sizes }) => sizes?.slice(1) ?? [null]),
    spec.classCount,
  )
  const head = outputs[headIndex]
  if (head === undefined) throw broken('it has no output')
  const weights = locateWeights(file.groups).map(({ name, shape: sizes, dtype, read }) => ({
    name,
    shape: sizes,
    dtype: weightTypes.find((known) => known === dtype) ?? 'float32',
    data: finite(name, sizes.length, read()),
  }))
  checkSizes(nodes, new Map(weights.map(({ name, data }) => [name, data])))
  const counts = new Map(
    weights
      .filter(({ dtype, shape: sizes }) => dtype === 'float32' && sizes.length > 0)
      .map(({ name, data }) => [name, data.length]),
  )
  const images = batch.kind === 'fixed' ? batch.size : 1
  const constants = new Map(weights.map((weight) => [weight.name, weight]))
  const macs = graphMacs(nodes, constants, { name: input.name, shape: [images, ...shape] })
  const inspection: Inspection = {
    format: 'tfjs-graph',
    layers: layersOf(nodes, counts),
    parameters: [...counts.values()].reduce((sum, length) => sum + length, 0),
    macs: macs === null ? null : Math.ceil(macs / images),
    inputShape: [...shape],
    classCount: spec.classCount,
    outputKind: outputKindOf(byName, head.name),
    ...(input.type === 'int32' ? { integerInput: true } : {}),
    ...(outputs.length > 1
      ? { head: { name: head.name.slice(0, 200), index: headIndex, count: outputs.length } }
      : {}),
    ...unusedFiles(file.unused),
  }
  const model: GraphModel = {
    family: 'graph',
    inputShape: shape,
    layout,
    nodes,
    weights,
    inputName: input.name,
    inputType: input.type,
    outputName: head.name,
    batch,
  }
  return { inspection, model }
}

const broken = (reason: string) => new TaikaiError('MODEL_TOPOLOGY_INVALID', { reason })

/** Single numbers may be infinite (bounds, masks); a weight may not. Throws WEIGHTS_NOT_FINITE. */
function finite(name: string, rank: number, values: Float32Array): Float32Array {
  if (rank > 0 && !values.every(Number.isFinite))
    throw new TaikaiError('WEIGHTS_NOT_FINITE', { weight: name.slice(0, 80) })
  return values
}

function checkNodes(nodes: readonly GraphNode[], byName: ReadonlyMap<string, GraphNode>): void {
  if (byName.size !== nodes.length) throw broken('two nodes of its graph have the same name')
  for (const { op, input } of nodes) {
    if (refused.has(op)) throw new TaikaiError('LAYER_UNSUPPORTED', { layer: op })
    if (input.some((one) => !byName.has(nodeName(one)))) throw broken('a node of its graph is missing')
  }
}

/** Which input of an operation says how large its output is. */
const sizeInputs: ReadonlyMap<string, number> = new Map([
  ['Fill', 0],
  ['Tile', 1],
  ['BroadcastTo', 1],
])

/** Throws MODEL_TOO_LARGE for tensors that constants alone make huge. */
function checkSizes(nodes: readonly GraphNode[], constants: ReadonlyMap<string, Float32Array>): void {
  for (const { op, input } of nodes) {
    const at = sizeInputs.get(op)
    const sizes = at === undefined ? undefined : constants.get(nodeName(input[at] ?? ''))
    if (
      sizes !== undefined &&
      sizes.reduce((all, size) => all * Math.max(size, 1), 1) > modelLimits.activation
    )
      throw new TaikaiError('MODEL_TOO_LARGE', { what: 'activations' })
  }
}

const tensorInfo = z.object({
  name: z.string().max(1000),
  tensorShape: graphShapeSchema.optional().catch(undefined),
})
const tensorInfos = z
  .record(z.string(), tensorInfo)
  .transform((infos) => Object.values(infos))
  .catch([])
const signatureSchema = z
  .object({ inputs: tensorInfos, outputs: tensorInfos })
  .catch({ inputs: [], outputs: [] })
type TensorInfo = z.infer<typeof tensorInfo>

type Port = { name: string; sizes: DeclaredShape | null }

function findInput(
  nodes: readonly GraphNode[],
  byName: ReadonlyMap<string, GraphNode>,
  infos: readonly TensorInfo[],
): Port & { type: GraphModel['inputType'] } {
  const placeholders = nodes.filter(({ op }) => op === 'Placeholder')
  const [info, secondInfo] = infos
  const [placeholder, second] =
    info === undefined ? placeholders : [byName.get(nodeName(info.name)), secondInfo && placeholders[1]]
  if (placeholder === undefined || second !== undefined || placeholder.op !== 'Placeholder')
    throw broken('it does not take exactly one input')
  const type = inputTypes.get(placeholder.attr.dtype?.type ?? 'DT_FLOAT')
  if (type === undefined)
    throw new TaikaiError('LAYER_UNSUPPORTED', {
      layer: `Placeholder(dtype=${String(placeholder.attr.dtype?.type).slice(0, 30)})`,
    })
  return {
    name: placeholder.name,
    type,
    sizes: sizesOf(info?.tensorShape) ?? sizesOf(placeholder.attr.shape?.shape),
  }
}

/** Those that the signature names, in its order; without one, the nodes whose values nobody takes. */
function findOutputs(
  nodes: readonly GraphNode[],
  byName: ReadonlyMap<string, GraphNode>,
  infos: readonly TensorInfo[],
): Port[] {
  if (infos.some((info) => !byName.has(nodeName(info.name)))) throw broken('its output is missing')
  if (infos.length > 0)
    return infos.map(({ name, tensorShape }) => ({
      name,
      sizes: sizesOf(tensorShape) ?? noted(byName, name),
    }))
  const taken = new Set(nodes.flatMap(({ input }) => input.map(nodeName)))
  return nodes
    .filter(({ name, op }) => !taken.has(name) && !['Const', 'NoOp', 'Placeholder'].includes(op))
    .map(({ name }) => ({ name, sizes: noted(byName, name) }))
}

/** The shape that the exporter noted at a node, if any. */
const noted = (byName: ReadonlyMap<string, GraphNode>, name: string) =>
  sizesOf(byName.get(nodeName(name))?.attr._output_shapes?.list?.shape?.[0])

function readInput(
  sizes: DeclaredShape | null,
  spec: ImageSpec,
): ReturnType<typeof matchInput> & { batch: BatchRule } {
  const [first, ...rest] = sizes ?? []
  if (typeof first === 'number' && first > modelLimits.batch)
    throw new TaikaiError('MODEL_TOO_LARGE', { what: 'batch' })
  const batch: BatchRule = typeof first === 'number' ? { kind: 'fixed', size: first } : { kind: 'any' }
  return { ...matchInput(rest, spec), batch }
}

/** The operations in order, with the weights that each is the first to use. */
function layersOf(nodes: readonly GraphNode[], counts: ReadonlyMap<string, number>): Inspection['layers'] {
  const unused = new Map(counts)
  const operations = nodes.filter(({ op }) => op !== 'Const')
  const layers = operations.map(({ name, op, input, attr }) => {
    let parameters = 0
    for (const one of input.map(nodeName)) {
      parameters += unused.get(one) ?? 0
      unused.delete(one)
    }
    const known = sizesOf(attr._output_shapes?.list?.shape?.[0])?.slice(1) ?? []
    return {
      name: name.slice(0, 200),
      className: op,
      outputShape:
        known.flatMap((size) => size ?? []).length === known.length
          ? known.flatMap((size) => size ?? [])
          : [],
      parameters,
      activation: null,
    }
  })
  const inputs = inputsBySource(
    operations.map(({ name }) => [name]),
    // What begins with ^ is order only.
    operations.map(({ input }) => input.filter((one) => !one.startsWith('^')).map(nodeName)),
  )
  return withInputs(layers, inputs)
}

const passesOn = new Set(['Identity', 'Reshape', 'Squeeze', 'ExpandDims', 'Cast'])
const affine = new Set(['MatMul', 'BiasAdd', 'Add', 'AddV2', 'Conv2D', 'FusedBatchNormV3'])

/** What an output means, told from the operation that makes it. Logarithms of probabilities are logits as well. */
function outputKindOf(byName: ReadonlyMap<string, GraphNode>, name: string): Inspection['outputKind'] {
  let maker = byName.get(nodeName(name))
  for (let steps = 0; maker !== undefined && passesOn.has(maker.op) && steps < byName.size; steps++)
    maker = byName.get(nodeName(maker.input[0] ?? ''))
  if (maker?.op === 'Softmax') return 'probabilities'
  if (maker?.op === 'Sigmoid') return 'sigmoids'
  const fused =
    maker?.op === '_FusedMatMul' ? maker.attr.fused_ops?.list?.s?.map((text) => atob(text)) : undefined
  if (fused?.every((one) => one === 'BiasAdd') || maker?.op === 'LogSoftmax') return 'logits'
  return maker !== undefined && affine.has(maker.op) ? 'logits' : 'unknown'
}
