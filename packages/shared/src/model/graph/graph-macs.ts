import { type Shape, sizeOf } from '../layers/layer-kind.ts'
import {
  broadcast,
  isShape,
  longestVector,
  reshaped,
  ShapeUnknown,
  sizeAt,
  unknown,
} from '../shape-unknown.ts'
import { type GraphNode, nodeName } from './graph-node.ts'

/** One operation with what is known of its inputs; what is not known throws ShapeUnknown. */
type Question = {
  node: GraphNode
  shape(at: number): Shape
  /** The values of a constant input: sizes and axes. */
  values(at: number): readonly number[]
}
type Answer = { shape: Shape; macs?: number }
type Rule = (question: Question) => Answer
type Constant = { shape: Shape; data: ArrayLike<number> }

const text = ({ attr }: GraphNode, name: string) => atob(attr[name]?.s ?? '')
const list = ({ attr }: GraphNode, name: string) => attr[name]?.list?.i?.map(Number)

/** Rows and columns of a window that slides over NHWC (tf.nn.convolution). */
function slide({ node, shape }: Question, window: Shape): number[] {
  const dilations = list(node, 'dilations')
  const strides = list(node, 'strides') ?? unknown()
  const padding = text(node, 'padding')
  const edges = list(node, 'explicit_paddings')
  if (text(node, 'data_format') === 'NCHW' || (padding === 'EXPLICIT' && edges?.length !== 8)) unknown()
  return [1, 2].map((axis) => {
    const length = sizeAt(shape(0), axis)
    const stride = sizeAt(strides, axis)
    if (padding === 'SAME') return Math.ceil(length / stride)
    const around = padding === 'EXPLICIT' ? (edges?.[axis * 2] ?? 0) + (edges?.[axis * 2 + 1] ?? 0) : 0
    const span = (sizeAt(window, axis - 1) - 1) * (dilations?.[axis] ?? 1) + 1
    return Math.floor((length + around - span) / stride) + 1
  })
}

/** Kernel `[rows, columns, channels, filters]`. */
const conv: Rule = (question) => {
  const kernel = question.shape(1)
  const shape = [sizeAt(question.shape(0), 0), ...slide(question, kernel), sizeAt(kernel, 3)]
  return { shape, macs: sizeOf(shape) * sizeOf(kernel.slice(0, 3)) }
}
/** Kernel `[rows, columns, channels, multiplier]`. */
const depthwise: Rule = (question) => {
  const kernel = question.shape(1)
  const channels = sizeAt(kernel, 2) * sizeAt(kernel, 3)
  const shape = [sizeAt(question.shape(0), 0), ...slide(question, kernel), channels]
  return { shape, macs: sizeOf(shape) * sizeOf(kernel.slice(0, 2)) }
}
const matMul: Rule = ({ node, shape }) => {
  const [a, b] = [shape(0), shape(1)]
  if (a.length !== 2 || b.length !== 2) unknown()
  const [rows, inner] = node.attr.transpose_a?.b === true ? [1, 0] : [0, 1]
  const output = [sizeAt(a, rows), sizeAt(b, node.attr.transpose_b?.b === true ? 0 : 1)]
  return { shape: output, macs: sizeOf(output) * sizeAt(a, inner) }
}
const pool: Rule = (question) => {
  const window = list(question.node, 'ksize')?.slice(1, 3) ?? unknown()
  const input = question.shape(0)
  return { shape: [sizeAt(input, 0), ...slide(question, window), sizeAt(input, 3)] }
}
const same: Rule = ({ shape }) => ({ shape: shape(0) })
const merged: Rule = ({ node, shape }) => ({
  shape: inputsOf(node)
    .map((_, at) => shape(at))
    .reduce(broadcast),
})
const reshape: Rule = ({ shape, values }) => ({ shape: reshaped(shape(0), values(1)) })
const fromStart = (axis: number, rank: number) => (axis < 0 ? axis + rank : axis)
const reduce: Rule = ({ node, shape, values }) => {
  const axes = values(1).map((axis) => fromStart(axis, shape(0).length))
  const kept = node.attr.keep_dims?.b === true ? [1] : []
  return { shape: shape(0).flatMap((size, at) => (axes.includes(at) ? kept : [size])) }
}
const squeeze: Rule = ({ node, shape }) => {
  const axes = (list(node, 'squeeze_dims') ?? []).map((axis) => fromStart(axis, shape(0).length))
  return { shape: shape(0).filter((size, at) => (axes.length === 0 ? size !== 1 : !axes.includes(at))) }
}
const expandDims: Rule = ({ shape, values }) => {
  const axis = fromStart(sizeAt(values(1), 0), shape(0).length + 1)
  return { shape: shape(0).toSpliced(axis, 0, 1) }
}
const transpose: Rule = ({ shape, values }) => ({ shape: values(1).map((axis) => sizeAt(shape(0), axis)) })
const pad: Rule = ({ shape, values }) => ({
  shape: shape(0).map((size, axis) => size + sizeAt(values(1), axis * 2) + sizeAt(values(1), axis * 2 + 1)),
})
const concat: Rule = ({ node, shape, values }) => {
  const parts = inputsOf(node)
    .slice(0, -1)
    .map((_, at) => shape(at))
  const first = parts[0] ?? unknown()
  const axis = fromStart(sizeAt(values(parts.length), 0), first.length)
  const joined = parts.reduce((sum, part) => sum + sizeAt(part, axis), 0)
  return { shape: first.map((size, at) => (at === axis ? joined : size)) }
}

const table = (names: string, rule: Rule) => names.split(' ').map((name) => [name, rule] as const)
const rules: ReadonlyMap<string, Rule> = new Map([
  ...table('Conv2D _FusedConv2D', conv),
  ...table('DepthwiseConv2dNative FusedDepthwiseConv2dNative', depthwise),
  ...table('MatMul _FusedMatMul', matMul),
  ...table('MaxPool AvgPool', pool),
  ...table('Relu Relu6 LeakyRelu Elu Selu Prelu Sigmoid Tanh Softmax LogSoftmax Softplus Exp Erf Neg', same),
  ...table('Identity StopGradient Cast BiasAdd Rsqrt Sqrt Square Reciprocal', same),
  ...table('FusedBatchNorm FusedBatchNormV2 FusedBatchNormV3', same),
  ...table('Add AddV2 AddN Sub Mul RealDiv Maximum Minimum SquaredDifference Pow', merged),
  ...table('Mean Max Sum Min', reduce),
  ...table('Reshape', reshape),
  ...table('Squeeze', squeeze),
  ...table('ExpandDims', expandDims),
  ...table('Transpose', transpose),
  ...table('Pad PadV2', pad),
  ...table('ConcatV2', concat),
])

const vectorIn = ({ data }: Constant) => (data.length <= longestVector ? Array.from(data) : unknown())

/** Inputs that give values; `^name` only says what runs before. */
const inputsOf = ({ input }: GraphNode) => input.filter((one) => !one.startsWith('^'))

/**
 * Multiply-accumulates of a graph for the whole `input`, worked out operation by operation; null where an operation is of no
 * known kind or a shape cannot be told. What the exporter noted of shapes in between is not asked.
 */
export function graphMacs(
  nodes: readonly GraphNode[],
  constants: ReadonlyMap<string, Constant>,
  input: { name: string; shape: Shape },
): number | null {
  const shapes = new Map<string, Shape>([...constants].map(([name, { shape }]) => [name, shape]))
  shapes.set(input.name, input.shape)
  let macs = 0
  for (const node of nodes) {
    if (shapes.has(node.name) || node.op === 'NoOp') continue
    const answer = answerOf(node, shapes, constants)
    if (answer === null) return null
    shapes.set(node.name, answer.shape)
    macs += answer.macs ?? 0
  }
  return Number.isSafeInteger(macs) ? macs : null
}

function answerOf(
  node: GraphNode,
  shapes: ReadonlyMap<string, Shape>,
  constants: ReadonlyMap<string, Constant>,
): Answer | null {
  const inputs = inputsOf(node)
  // Another output than the first has a shape of its own.
  const known = (at: number) => (/:[1-9]\d*$/.test(inputs[at] ?? '') ? '' : nodeName(inputs[at] ?? ''))
  try {
    const answer = rules.get(node.op)?.({
      node,
      shape: (at) => shapes.get(known(at)) ?? unknown(),
      values: (at) => vectorIn(constants.get(known(at)) ?? unknown()),
    })
    return answer !== undefined && isShape(answer.shape) ? answer : null
  } catch (error) {
    if (error instanceof ShapeUnknown) return null
    throw error
  }
}
