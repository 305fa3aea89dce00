import { z } from 'zod'
import { TaikaiError } from '../../errors.ts'
import type { ActivationName } from '../layers/activation.ts'
import { type TensorReference, toReference } from './connections.ts'
import type { Json } from './model-node.ts'

/** An operator or a function in a functional model (`x / 255.`, `x + y`, `tf.nn.relu(x)`) as the layer that means the same. */
export type OperationLayer = { className: string; config: Json; call: readonly TensorReference[] }

type Operator = 'Add' | 'Subtract' | 'Multiply' | 'Divide' | 'Negative'
type Operand = { tensor: TensorReference } | { numbers: readonly number[] }

/** The classes of `keras.src.ops` in Keras 3. */
const classes: ReadonlyMap<string, Operator> = new Map<string, Operator>([
  ['Add', 'Add'],
  ['Subtract', 'Subtract'],
  ['Multiply', 'Multiply'],
  ['Divide', 'Divide'],
  ['TrueDivide', 'Divide'],
  ['Negative', 'Negative'],
])
/** What tf.keras writes into the configuration of a TFOpLambda: the function's name within `tf`. */
const functions: ReadonlyMap<string, Operator> = new Map<string, Operator>([
  ['__operators__.add', 'Add'],
  ['math.add', 'Add'],
  ['math.subtract', 'Subtract'],
  ['math.multiply', 'Multiply'],
  ['math.divide', 'Divide'],
  ['math.truediv', 'Divide'],
  ['math.negative', 'Negative'],
])
/** Functions of one tensor: their class in Keras 3, and their name within `tf`. */
const activations: ReadonlyMap<string, ActivationName> = new Map<string, ActivationName>([
  ...activation('relu', 'Relu', 'nn.relu'),
  ...activation('relu6', 'Relu6', 'nn.relu6'),
  ...activation('sigmoid', 'Sigmoid', 'math.sigmoid', 'nn.sigmoid'),
  ...activation('tanh', 'Tanh', 'math.tanh', 'nn.tanh'),
  ...activation('softmax', 'Softmax', 'nn.softmax'),
  ...activation('swish', 'Silu', 'nn.silu', 'nn.swish'),
  ...activation('selu', 'Selu', 'nn.selu'),
  ...activation('softplus', 'Softplus', 'math.softplus', 'nn.softplus'),
])
function activation(means: ActivationName, ...names: string[]): [string, ActivationName][] {
  return names.map((name) => [name, means])
}
/** Softmax over another axis than the last is another function. */
const lastAxis = z.looseObject({ axis: z.literal(-1).nullish() })

const operationModule = /^keras(\.src)?\.ops(\.|$)/
const functionSchema = z.object({ function: z.string().max(200) })

type Written = {
  class_name: string
  module?: string | null | undefined
  config: unknown
  inbound_nodes?: unknown
}

/**
 * Reads a layer that is an operator or a function; null for any other layer. With a constant an operator is a Rescaling:
 * `y = scale · x + offset`.
 * Throws LAYER_UNSUPPORTED (`layer`, `name`) for functions of TensorFlow and for operands that have no such layer.
 */
export function readOperation(raw: Written, name: string): OperationLayer | null {
  const inKeras = operationModule.test(raw.module ?? '')
  const called =
    raw.class_name === 'TFOpLambda' ? functionSchema.safeParse(raw.config).data?.function : undefined
  const meaning = meaningOf(inKeras ? raw.class_name : (called ?? ''), inKeras ? classes : functions)
  if (meaning === null && called === undefined) return null
  const call = callOf(raw.inbound_nodes)
  const settings = { ...objectSchema.safeParse(raw.config).data, ...call?.keywords }
  const layer = call === null || meaning === null ? null : meaning(call.operands, settings)
  if (layer === null)
    throw new TaikaiError('LAYER_UNSUPPORTED', {
      layer: called === undefined ? raw.class_name : `tf.${called}`.slice(0, 100),
      name: name.slice(0, 100),
    })
  return layer
}

type Meaning = (operands: readonly Operand[], settings: Json) => OperationLayer | null

function meaningOf(key: string, operators: ReadonlyMap<string, Operator>): Meaning | null {
  const operator = operators.get(key)
  if (operator !== undefined) return (operands) => layerOf(operator, operands)
  const applied = activations.get(key)
  return applied === undefined ? null : (operands, settings) => activationLayer(applied, operands, settings)
}

function activationLayer(
  name: ActivationName,
  [x, second]: readonly Operand[],
  settings: Json,
): OperationLayer | null {
  if (x === undefined || !('tensor' in x) || second !== undefined || !lastAxis.safeParse(settings).success)
    return null
  return { className: 'Activation', config: { activation: name }, call: [x.tensor] }
}

function layerOf(operator: Operator, [first, second]: readonly Operand[]): OperationLayer | null {
  if (first === undefined) return null
  if (operator === 'Negative') return 'tensor' in first ? rescaling(first.tensor, [-1], [0]) : null
  if (second === undefined) return null
  if ('tensor' in first && 'tensor' in second)
    return operator === 'Divide'
      ? null
      : { className: operator, config: {}, call: [first.tensor, second.tensor] }
  if ('tensor' in first && 'numbers' in second) return withConstant(operator, first.tensor, second.numbers)
  if ('numbers' in first && 'tensor' in second) return ofConstant(operator, first.numbers, second.tensor)
  return null
}

/** Constant on the right: x + c, x − c, x · c, x / c. */
function withConstant(
  operator: Exclude<Operator, 'Negative'>,
  x: TensorReference,
  numbers: readonly number[],
): OperationLayer {
  if (operator === 'Add') return rescaling(x, [1], numbers)
  if (operator === 'Subtract')
    return rescaling(
      x,
      [1],
      numbers.map((value) => -value),
    )
  return rescaling(x, operator === 'Multiply' ? numbers : numbers.map((value) => 1 / value), [0])
}

/** Constant on the left; c / x is no Rescaling. */
function ofConstant(
  operator: Exclude<Operator, 'Negative'>,
  numbers: readonly number[],
  x: TensorReference,
): OperationLayer | null {
  if (operator === 'Divide') return null
  return operator === 'Subtract' ? rescaling(x, [-1], numbers) : withConstant(operator, x, numbers)
}

const rescaling = (
  x: TensorReference,
  scale: readonly number[],
  offset: readonly number[],
): OperationLayer => ({
  className: 'Rescaling',
  config: { scale, offset },
  call: [x],
})

const keras3Call = z.object({
  args: z.array(z.unknown()),
  kwargs: z.record(z.string(), z.unknown()).nullish(),
})
const objectSchema = z.record(z.string(), z.unknown())
type Call = { written: readonly unknown[]; keywords: Json }

/** The operands of the only call, in their order, and its keywords; null for anything else than one call of tensors and constants. */
function callOf(inbound: unknown): { operands: Operand[]; keywords: Json } | null {
  if (!Array.isArray(inbound) || inbound.length !== 1) return null
  const call: unknown = inbound[0]
  const { written, keywords } = Array.isArray(call) ? ofKeras2(call) : ofKeras3(call)
  const operands = written.map(operandOf)
  return operands.every((operand) => operand !== null) ? { operands, keywords } : null
}

/** `[name, node, tensor, { y }]`, or `['_CONSTANT_VALUE', -1, c, { y }]` where the constant comes first. */
function ofKeras2(call: readonly unknown[]): Call {
  const one: readonly unknown[] = Array.isArray(call[0]) ? call[0] : call
  const keywords = objectSchema.safeParse(one[3]).data ?? {}
  const { x, y } = keywords
  const first = one[0] === '_CONSTANT_VALUE' ? one[2] : one.slice(0, 3)
  return { written: [x ?? first, ...(y === undefined ? [] : [y])], keywords }
}

function ofKeras3(call: unknown): Call {
  const parsed = keras3Call.safeParse(call)
  if (!parsed.success) return { written: [], keywords: {} }
  const keywords = parsed.data.kwargs ?? {}
  const { x, x1, x2 } = keywords
  return { written: [...parsed.data.args, ...[x, x1, x2].filter((value) => value !== undefined)], keywords }
}

function operandOf(value: unknown): Operand | null {
  const tensor = toReference(value)
  if (tensor !== null) return { tensor }
  const numbers = channelNumbers(value)
  return numbers === null ? null : { numbers }
}

const arraySchema = z.object({
  class_name: z.enum(['__numpy__', '__tensor__']),
  config: z.object({ value: z.unknown() }),
})
const numbersSchema = z.array(z.number()).min(1).max(100_000)

/** One number, or one per channel: a list whose outer axes, if any, have the size 1. */
function channelNumbers(value: unknown): number[] | null {
  let inner: unknown = arraySchema.safeParse(value).data?.config.value ?? value
  while (Array.isArray(inner) && inner.length === 1 && Array.isArray(inner[0])) inner = inner[0]
  return numbersSchema.safeParse(typeof inner === 'number' ? [inner] : inner).data ?? null
}
