import { TaikaiError } from '../../errors.ts'
import { chooseHead } from '../choose-head.ts'
import type { DeclaredShape } from '../declared-input.ts'
import { fileKind } from '../file-kind.ts'
import { matchInput } from '../input-shape.ts'
import type { Inspection } from '../inspection.ts'
import { inputsBySource, withInputs } from '../layer-inputs.ts'
import { modelLimits } from '../limits.ts'
import { type ImageSpec, type ModelFile, namesOf, unusedFiles } from '../model-file.ts'
import type { BatchRule, Inspected, OnnxModel } from '../parsed-model.ts'
import { checkOnnx } from './check-onnx.ts'
import { CompanionFiles } from './external-data.ts'
import { inferShapes } from './infer-shapes.ts'
import { constantOf } from './onnx-constants.ts'
import {
  emptyAttribute,
  type OnnxGraph,
  type OnnxNode,
  type OnnxProto,
  type OnnxTensor,
  type OnnxValue,
} from './onnx-model.ts'
import { readOnnx } from './read-onnx.ts'

/** IR version 10 belongs to opset 21; what is written here is the same in any, and engines refuse those that are newer than they. */
const writtenIrVersion = 10
const float32 = 1
const floatTypes = new Set([float32, 10, 11])
const integerTypes = new Set([2, 6, 7])

/** The one ONNX file of an upload. Throws MODEL_FILES_UNUSED when there are several, and what inspectOnnx throws. */
export function readOnnxUpload(files: readonly ModelFile[], spec: ImageSpec): Inspected | null {
  const [file, second] = files.filter(({ bytes }) => fileKind(bytes).kind === 'onnx')
  if (file === undefined) return null
  if (second !== undefined) throw new TaikaiError('MODEL_FILES_UNUSED', { files: namesOf([file, second]) })
  const companions = new CompanionFiles(file, files)
  const { inspection, model } = inspectOnnx(readOnnx(file.bytes, companions), spec)
  return { inspection: { ...inspection, ...unusedFiles(companions.unused) }, model }
}

/**
 * An ONNX model: one image input, in NCHW, NHWC or flat, and the last output with a number per class. What the engine gets is
 * written anew from what was read here.
 * Throws TaikaiError with an ONNX_, MODEL_, LAYER_, INPUT_, OUTPUT_ or WEIGHTS_ code.
 */
function inspectOnnx(proto: OnnxProto, spec: ImageSpec): Inspected {
  checkOnnx(proto)
  const { graph } = proto
  const input = soleInput(graph)
  if (!floatTypes.has(input.type) && !integerTypes.has(input.type))
    throw new TaikaiError('LAYER_UNSUPPORTED', { layer: `input(elem_type=${input.type})` })
  const { shape, layout, batch } = readInput(input, spec)
  const headIndex = chooseHead(
    graph.outputs.map((output) => perImage(output, batch)),
    spec.classCount,
  )
  const head = graph.outputs[headIndex]
  if (head === undefined) throw new TaikaiError('ONNX_INVALID', { reason: 'it has no output' })
  // One image stands for any number of them.
  const images = batch.kind === 'fixed' ? batch.size : 1
  const { shapes, macs } = inferShapes(graph, {
    name: input.name,
    shape: batch.kind === 'none' ? shape : [images, ...shape],
  })
  const inspection: Inspection = {
    format: 'onnx',
    layers: layersOf(graph, shapes, input.name),
    parameters: parametersOf(graph),
    macs: macs === null ? null : Math.ceil(macs / images),
    inputShape: [...shape],
    classCount: spec.classCount,
    outputKind: outputKindOf(graph, head.name),
    ...(integerTypes.has(input.type) ? { integerInput: true } : {}),
    ...(graph.outputs.length > 1
      ? { head: { name: head.name.slice(0, 200), index: headIndex, count: graph.outputs.length } }
      : {}),
  }
  const model: OnnxModel = {
    family: 'onnx',
    inputShape: shape,
    layout,
    proto: { ...proto, irVersion: writtenIrVersion, graph: inFloat32(graph, input, head) },
    inputName: castName(input),
    outputName: castName(head),
    batch,
  }
  return { inspection, model }
}

const castName = ({ name }: OnnxValue) => `${name} as float32`

/**
 * The graph with one input and one output, both cast from and to float32, whatever the model itself works in. Initializers that
 * stand among the inputs (IR version 3) are left out there: they could be changed, and so would not be folded.
 */
function inFloat32(graph: OnnxGraph, input: OnnxValue, head: OnnxValue): OnnxGraph {
  const cast = (from: string, to: string, type: number): OnnxNode => ({
    name: to,
    domain: '',
    opType: 'Cast',
    overload: '',
    inputs: [from],
    outputs: [to],
    attributes: [{ ...emptyAttribute('to'), type: 2, int: BigInt(type) }],
  })
  return {
    ...graph,
    nodes: [
      cast(castName(input), input.name, input.type),
      ...graph.nodes,
      cast(head.name, castName(head), float32),
    ],
    inputs: [{ ...input, name: castName(input), type: float32 }],
    outputs: [{ ...head, name: castName(head), type: float32 }],
  }
}

function soleInput({ inputs, initializers }: OnnxGraph): OnnxValue {
  const given = new Set(initializers.map(({ name }) => name))
  const [input, second] = inputs.filter(({ name }) => !given.has(name))
  if (input === undefined || second !== undefined)
    throw new TaikaiError('ONNX_INVALID', { reason: 'it does not take exactly one input' })
  return input
}

const open = (sizes: readonly (number | string)[]): DeclaredShape =>
  sizes.map((size) => (typeof size === 'number' ? size : null))

/** The first dimension is the batch; a shape that is an image as a whole has none. */
function readInput(
  { shape }: OnnxValue,
  spec: ImageSpec,
): ReturnType<typeof matchInput> & { batch: BatchRule } {
  const declared = open(shape ?? [])
  const [first, ...rest] = declared
  try {
    const batch: BatchRule = typeof first === 'number' ? { kind: 'fixed', size: first } : { kind: 'any' }
    const matched = matchInput(rest, spec, 'chw')
    if (batch.kind === 'fixed' && batch.size > modelLimits.batch)
      throw new TaikaiError('MODEL_TOO_LARGE', { what: 'batch' })
    return { ...matched, batch }
  } catch (error) {
    if (!(error instanceof TaikaiError) || error.code !== 'INPUT_SHAPE_MISMATCH') throw error
    try {
      return { ...matchInput(declared, spec, 'chw'), batch: { kind: 'none' } }
    } catch {
      throw error // the reading with a batch is the one that its author meant
    }
  }
}

/** An output's shape for one image; a single open size where the file says nothing. */
function perImage({ shape }: OnnxValue, batch: BatchRule): DeclaredShape {
  if (shape === null) return [null]
  const declared = open(shape)
  const single = batch.kind === 'none' || (batch.kind === 'fixed' && batch.size === 1)
  return single && declared.length === 1 ? declared : declared.slice(batch.kind === 'none' ? 0 : 1)
}

const count = ({ shape }: OnnxTensor) => shape.reduce((product, size) => product * size, 1)
/** Vectors of int64 are shapes and axes, and single numbers are settings: no weights. */
const isWeight = ({ type, shape }: OnnxTensor) => shape.length > 0 && !(type === 7 && shape.length === 1)

function parametersOf({ initializers, nodes }: OnnxGraph): number {
  const constants = nodes.flatMap((node) => constantOf(node) ?? [])
  return [...initializers, ...constants].filter(isWeight).reduce((sum, tensor) => sum + count(tensor), 0)
}

/** The operators in order, with the weights that each is the first to use, and shapes as they follow or as the exporter noted. */
function layersOf(
  { nodes, initializers, values, outputs }: OnnxGraph,
  inferred: ReadonlyMap<string, readonly number[]>,
  image: string,
): Inspection['layers'] {
  const weights = new Map(initializers.filter(isWeight).map((tensor) => [tensor.name, count(tensor)]))
  for (const node of nodes) {
    const tensor = constantOf(node)
    if (tensor !== null && isWeight(tensor)) weights.set(node.outputs[0] ?? '', count(tensor))
  }
  const shapes = new Map([...values, ...outputs].map(({ name, shape }) => [name, shape]))
  const operators = nodes.filter((node) => node.opType !== 'Constant')
  const layers = operators.map((node) => {
    let parameters = 0
    for (const name of node.inputs) {
      parameters += weights.get(name) ?? 0
      weights.delete(name)
    }
    const output = node.outputs[0] ?? ''
    const known = open(inferred.get(output) ?? shapes.get(output) ?? []).slice(1)
    return {
      name: (node.name === '' ? output : node.name).slice(0, 200),
      className: node.opType.slice(0, 100),
      outputShape: known.every((size) => size !== null) ? known : [],
      parameters,
      activation: null,
    }
  })
  const links = inputsBySource(
    operators.map((node) => node.outputs),
    // An input that is left out has an empty name.
    operators.map((node) => node.inputs.filter((name) => name !== '')),
    image,
  )
  return withInputs(layers, links)
}

const passesOn = new Set(['Identity', 'Reshape', 'Flatten', 'Squeeze', 'Unsqueeze', 'Cast', 'Dropout'])
const affine = new Set(['Gemm', 'MatMul', 'Add', 'Conv', 'BatchNormalization'])

/** What an output means, told from the operator that makes it. Logarithms of probabilities are logits as well. */
function outputKindOf({ nodes }: OnnxGraph, name: string): Inspection['outputKind'] {
  const makers = new Map<string, OnnxNode>(
    nodes.flatMap((node) => node.outputs.map((output) => [output, node])),
  )
  let maker = makers.get(name)
  for (let steps = 0; maker !== undefined && passesOn.has(maker.opType) && steps < nodes.length; steps++)
    maker = makers.get(maker.inputs[0] ?? '')
  if (maker === undefined || maker.domain !== '') return 'unknown'
  if (maker.opType === 'Softmax') return 'probabilities'
  if (maker.opType === 'Sigmoid' || maker.opType === 'HardSigmoid') return 'sigmoids'
  return affine.has(maker.opType) || maker.opType === 'LogSoftmax' ? 'logits' : 'unknown'
}
