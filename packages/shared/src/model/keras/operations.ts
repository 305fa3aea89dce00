import { z } from 'zod'
import { TaikaiError } from '../../errors.ts'
import { type TensorReference, toReference } from './connections.ts'
import type { Json } from './model-node.ts'

/** An arithmetic operator of a functional model (`x / 255.`, `x + y`) as the layer that means the same. */
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
const operationModule = /^keras(\.src)?\.ops(\.|$)/
const functionSchema = z.object({ function: z.string().max(200) })

type Written = {
  class_name: string
  module?: string | null | undefined
  config: unknown
  inbound_nodes?: unknown
}

/**
 * Reads a layer that is an operator; null for any other layer. With a constant it is a Rescaling: `y = scale · x + offset`.
 * Throws LAYER_UNSUPPORTED (`layer`, `name`) for functions of TensorFlow and for operands that have no such layer.
 */
export function readOperation(raw: Written, name: string): OperationLayer | null {
  const inKeras = operationModule.test(raw.module ?? '')
  const called =
    raw.class_name === 'TFOpLambda' ? functionSchema.safeParse(raw.config).data?.function : undefined
  const operator = inKeras ? classes.get(raw.class_name) : functions.get(called ?? '')
  const refusal = () =>
    new TaikaiError('LAYER_UNSUPPORTED', {
      layer: called === undefined ? raw.class_name : `tf.${called}`.slice(0, 100),
      name: name.slice(0, 100),
    })
  if (operator === undefined) {
    if (called !== undefined) throw refusal()
    return null
  }
  const operands = operandsOf(raw.inbound_nodes)
  const layer = operands === null ? null : layerOf(operator, operands)
  if (layer === null) throw refusal()
  return layer
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
const keywordSchema = z.record(z.string(), z.unknown())

/** The operands of the only call, in their order; null for anything else than one call of tensors and constants. */
function operandsOf(inbound: unknown): Operand[] | null {
  if (!Array.isArray(inbound) || inbound.length !== 1) return null
  const call: unknown = inbound[0]
  const written = Array.isArray(call) ? ofKeras2(call) : ofKeras3(call)
  const operands = written.map(operandOf)
  return operands.every((operand) => operand !== null) ? operands : null
}

/** `[name, node, tensor, { y }]`, or `['_CONSTANT_VALUE', -1, c, { y }]` where the constant comes first. */
function ofKeras2(call: readonly unknown[]): unknown[] {
  const one: readonly unknown[] = Array.isArray(call[0]) ? call[0] : call
  const { x, y } = keywordSchema.safeParse(one[3]).data ?? {}
  const first = one[0] === '_CONSTANT_VALUE' ? one[2] : one.slice(0, 3)
  return [x ?? first, ...(y === undefined ? [] : [y])]
}

function ofKeras3(call: unknown): unknown[] {
  const parsed = keras3Call.safeParse(call)
  if (!parsed.success) return []
  const { x1, x2 } = parsed.data.kwargs ?? {}
  return [...parsed.data.args, ...[x1, x2].filter((value) => value !== undefined)]
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
