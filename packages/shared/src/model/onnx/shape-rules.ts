import { sizeOf } from '../layers/layer-kind.ts'
import { broadcast, longestVector, reshaped, ShapeUnknown, sizeAt, unknown } from '../shape-unknown.ts'
import type { OnnxNode } from './onnx-model.ts'

/** One operator with what is known of its inputs; every question that has no answer throws ShapeUnknown. */
export type ShapeQuestion = {
  node: OnnxNode
  /** The shape of input `at`. */
  shape(at: number): readonly number[]
  /** The whole numbers that input `at` holds, where they are known: sizes, axes, pads. */
  values(at: number): readonly number[]
  has(at: number): boolean
  int(name: string, byDefault: number): number
  ints(name: string): readonly number[] | null
  text(name: string): string
}
/** What comes out of an operator; `macs` are multiply-accumulates, `values` the numbers of a vector of sizes. */
export type ShapeAnswer = { shape: readonly number[]; macs?: number; values?: readonly number[] }
type ShapeRule = (question: ShapeQuestion) => ShapeAnswer

/** Output sizes of a window that slides over the axes after batch and channels (Conv and the pools, ONNX operator schemas). */
function slide(question: ShapeQuestion, input: readonly number[], window: readonly number[]): number[] {
  const strides = question.ints('strides')
  const dilations = question.ints('dilations')
  const pads = question.ints('pads')
  const automatic = question.text('auto_pad')
  const round = question.int('ceil_mode', 0) === 1 ? Math.ceil : Math.floor
  return window.map((size, axis) => {
    const length = sizeAt(input, axis + 2)
    const stride = strides?.[axis] ?? 1
    if (automatic.startsWith('SAME')) return Math.ceil(length / stride)
    const around = (pads?.[axis] ?? 0) + (pads?.[axis + window.length] ?? 0)
    const span = (size - 1) * (dilations?.[axis] ?? 1) + 1
    const steps = round((length + around - span) / stride)
    return steps >= 0 ? steps + 1 : unknown()
  })
}

/** Kernel `[filters, channels / group, …window]`. */
const conv: ShapeRule = (question) => {
  const [input, kernel] = [question.shape(0), question.shape(1)]
  const positions = slide(question, input, kernel.slice(2))
  const shape = [sizeAt(input, 0), sizeAt(kernel, 0), ...positions]
  return { shape, macs: sizeOf(shape) * sizeOf(kernel.slice(1)) }
}

/** Kernel `[channels, filters / group, …window]`: each input value meets each of its kernel's. */
const convTranspose: ShapeRule = (question) => {
  const [input, kernel] = [question.shape(0), question.shape(1)]
  if (question.ints('output_shape') !== null || question.text('auto_pad').startsWith('SAME')) unknown()
  const [strides, dilations] = [question.ints('strides'), question.ints('dilations')]
  const [pads, extra] = [question.ints('pads'), question.ints('output_padding')]
  const window = kernel.slice(2)
  const positions = window.map((size, axis) => {
    const around = (pads?.[axis] ?? 0) + (pads?.[axis + window.length] ?? 0)
    const span = (size - 1) * (dilations?.[axis] ?? 1) + 1
    return (sizeAt(input, axis + 2) - 1) * (strides?.[axis] ?? 1) + span + (extra?.[axis] ?? 0) - around
  })
  const filters = sizeAt(kernel, 1) * question.int('group', 1)
  return { shape: [sizeAt(input, 0), filters, ...positions], macs: sizeOf(input) * sizeOf(kernel.slice(1)) }
}

const gemm: ShapeRule = (question) => {
  const [a, b] = [question.shape(0), question.shape(1)]
  const [rows, inner] = question.int('transA', 0) === 1 ? [1, 0] : [0, 1]
  const columns = sizeAt(b, question.int('transB', 0) === 1 ? 0 : 1)
  const shape = [sizeAt(a, rows), columns]
  return { shape, macs: sizeOf(shape) * sizeAt(a, inner) }
}

const matMul: ShapeRule = (question) => {
  const [a, b] = [question.shape(0), question.shape(1)]
  if (a.length < 2 || b.length < 2) unknown()
  const shape = [...broadcast(a.slice(0, -2), b.slice(0, -2)), sizeAt(a, -2), sizeAt(b, -1)]
  return { shape, macs: sizeOf(shape) * sizeAt(a, -1) }
}

const pool: ShapeRule = (question) => {
  const input = question.shape(0)
  const positions = slide(question, input, question.ints('kernel_shape') ?? unknown())
  return { shape: [sizeAt(input, 0), sizeAt(input, 1), ...positions] }
}
const globalPool: ShapeRule = ({ shape }) => ({ shape: shape(0).map((size, axis) => (axis < 2 ? size : 1)) })

const same: ShapeRule = ({ shape }) => ({ shape: shape(0) })
const merged: ShapeRule = ({ node, shape }) => ({
  shape: node.inputs.map((_, at) => shape(at)).reduce(broadcast),
})

const flatten: ShapeRule = ({ shape, int }) => {
  const axis = int('axis', 1)
  return { shape: [sizeOf(shape(0).slice(0, axis)), sizeOf(shape(0).slice(axis))] }
}

const reshape: ShapeRule = ({ shape, values, int }) => {
  const input = shape(0)
  const wanted = values(1).map((size, at) =>
    size === 0 && int('allowzero', 0) === 0 ? sizeAt(input, at) : size,
  )
  return { shape: reshaped(input, wanted) }
}

/** Axes stood among the attributes before opset 13 (18 for reductions), and are an input since. */
const axesOf = ({ ints, values, has }: ShapeQuestion, rank: number): number[] | null => {
  const axes = ints('axes') ?? (has(1) ? values(1) : null)
  return axes === null ? null : axes.map((axis) => (axis < 0 ? axis + rank : axis))
}
const squeeze: ShapeRule = (question) => {
  const input = question.shape(0)
  const axes = axesOf(question, input.length)
  return {
    shape: input.filter((size, at) => (axes === null ? size !== 1 : !axes.includes(at))),
    ...valuesOf(question),
  }
}
const unsqueeze: ShapeRule = (question) => {
  const input = [...question.shape(0)]
  const axes = axesOf(question, input.length + (question.ints('axes') ?? question.values(1)).length) ?? []
  for (const axis of axes.toSorted((a, b) => a - b)) input.splice(axis, 0, 1)
  return { shape: input, ...valuesOf(question) }
}
const reduce: ShapeRule = (question) => {
  const input = question.shape(0)
  const axes = axesOf(question, input.length) ?? input.map((_, axis) => axis)
  const kept = question.int('keepdims', 1) === 1
  return { shape: input.flatMap((size, at) => (axes.includes(at) ? (kept ? [1] : []) : [size])) }
}
const transpose: ShapeRule = ({ shape, ints }) => {
  const order = ints('perm') ?? shape(0).map((_, axis) => shape(0).length - 1 - axis)
  return { shape: order.map((axis) => sizeAt(shape(0), axis)) }
}
const pad: ShapeRule = ({ shape, ints, values, has }) => {
  const input = shape(0)
  const pads = ints('pads') ?? values(1)
  if (has(3) || pads.length !== input.length * 2) unknown()
  return { shape: input.map((size, axis) => size + sizeAt(pads, axis) + sizeAt(pads, axis + input.length)) }
}

const fromStart = (axis: number, rank: number) => (axis < 0 ? axis + rank : axis)
const concat: ShapeRule = (question) => {
  const { node, shape, int } = question
  if (node.inputs.length > longestVector) unknown()
  const first = shape(0)
  const axis = fromStart(int('axis', 0), first.length)
  const joined = node.inputs.reduce((sum, _, at) => sum + sizeAt(shape(at), axis), 0)
  const parts = node.inputs.map(
    (_, at) => valuesOf({ ...question, values: () => question.values(at) }).values,
  )
  const all = parts.every((part) => part !== undefined) ? { values: parts.flat() } : {}
  return { shape: first.map((size, at) => (at === axis ? joined : size)), ...all }
}

/** The numbers of the first input, where it is a vector of sizes; what else it may be is not asked. */
function valuesOf({ values }: Pick<ShapeQuestion, 'values'>): { values?: readonly number[] } {
  try {
    return { values: values(0) }
  } catch (error) {
    if (error instanceof ShapeUnknown) return {}
    throw error
  }
}
const passed: ShapeRule = (question) => ({ shape: question.shape(0), ...valuesOf(question) })
/** Which sizes are wanted can be said since opset 15. */
const shapeOf: ShapeRule = ({ shape, int }) => {
  const sizes = shape(0).slice(int('start', 0), int('end', shape(0).length))
  return { shape: [sizes.length], values: sizes }
}
const gather: ShapeRule = ({ shape, values, int }) => {
  const places = values(1)
  const axis = fromStart(int('axis', 0), shape(0).length)
  const picked = [...shape(0).slice(0, axis), ...shape(1), ...shape(0).slice(axis + 1)]
  const from = axis === 0 && shape(0).length === 1 ? valuesOf({ values }).values : undefined
  return {
    shape: picked,
    ...(from === undefined ? {} : { values: places.map((place) => sizeAt(from, place)) }),
  }
}

const table = (names: string, rule: ShapeRule) => names.split(' ').map((name) => [name, rule] as const)

/**
 * How the operators of usual image models change shapes. Element-wise operators, normalisation and pooling count no
 * multiply-accumulates, as with layers.
 */
export const shapeRules: ReadonlyMap<string, ShapeRule> = new Map([
  ...table('Conv', conv),
  ...table('ConvTranspose', convTranspose),
  ...table('Gemm', gemm),
  ...table('MatMul', matMul),
  ...table('MaxPool AveragePool LpPool', pool),
  ...table('GlobalAveragePool GlobalMaxPool', globalPool),
  ...table(
    'Relu LeakyRelu PRelu Elu Selu Celu ThresholdedRelu Sigmoid HardSigmoid HardSwish Swish Tanh',
    same,
  ),
  ...table('Softmax LogSoftmax Softplus Softsign Gelu Mish Erf Exp Log Sqrt Reciprocal Neg Abs Clip', same),
  ...table(
    'Dropout BatchNormalization InstanceNormalization LayerNormalization GroupNormalization LRN',
    same,
  ),
  ...table('Add Sub Mul Div Pow Max Min Sum Mean', merged),
  ...table('ReduceMean ReduceSum ReduceMax ReduceMin', reduce),
  ...table('Flatten', flatten),
  ...table('Reshape', reshape),
  ...table('Squeeze', squeeze),
  ...table('Unsqueeze', unsqueeze),
  ...table('Transpose', transpose),
  ...table('Pad', pad),
  ...table('Concat', concat),
  ...table('Identity Cast', passed),
  ...table('Shape', shapeOf),
  ...table('Gather', gather),
])
