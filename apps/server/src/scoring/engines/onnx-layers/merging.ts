import { mergeLayers } from '@taikai/shared/model/layers/merge'
import { z } from 'zod'
import type { GraphBuilder } from './graph-builder.ts'
import { type Translate, translator } from './translator.ts'
import { axisOf, channelsFirst, channelsLast, plain, type Value } from './value.ts'

/** All inputs in one order: channels first where one has them so, unless they differ in rank. Ones fill up the shorter ones. */
function aligned(graph: GraphBuilder, inputs: readonly Value[]): Value[] {
  const rank = Math.max(...inputs.map(({ shape }) => shape.length))
  const alike = inputs.every(({ shape }) => shape.length === rank)
  if (alike && inputs.some(({ channels }) => channels === 'first'))
    return inputs.map((value) => channelsFirst(graph, value))
  return inputs.map((value) => {
    const last = channelsLast(graph, value)
    const missing = rank - last.shape.length
    if (missing === 0) return last
    const shape = [...new Array<number>(missing).fill(1), ...last.shape]
    return plain(graph.reshape(last.name, [-1, ...shape]), shape)
  })
}

function broadcast(values: readonly Value[], name: string): Value {
  const [first] = values
  if (first === undefined) throw new Error('an input is missing')
  const shape = first.shape.map((_, axis) => Math.max(...values.map((value) => value.shape[axis] ?? 1)))
  return { ...first, shape, name }
}

type Kinds = typeof mergeLayers
const elementwise = (op: string, kind: Kinds['Add' | 'Subtract']): Translate =>
  translator(kind, ({ graph, inputs }) => {
    const values = aligned(graph, inputs)
    const name = values.map((value) => value.name).reduce((all, one) => graph.node(op, [all, one]))
    return broadcast(values, name)
  })

/** A value as one matrix per image, its shared axis last for the first factor and first for the second one. */
function asMatrix(
  graph: GraphBuilder,
  input: Value,
  axis: number,
  role: 'first' | 'second',
  normalize: boolean,
): string {
  const { name, shape } = channelsLast(graph, input)
  const shared = axis < 0 ? axis + shape.length : axis - 1
  const unit = normalize ? unitVectors(graph, name, shared + 1) : name
  if (shape.length === 1) return graph.node('Unsqueeze', [unit, graph.integers([role === 'first' ? 1 : 2])])
  return (role === 'first') === (shared === 1) ? unit : graph.transpose(unit, [0, 2, 1])
}

/** Of length 1 along an axis, 1e-12 being the least sum of squares to divide by. */
export function unitVectors(graph: GraphBuilder, x: string, ...axes: number[]): string {
  const squares = graph.node('ReduceSum', [graph.node('Mul', [x, x]), graph.integers(axes)], { keepdims: 1 })
  const length = graph.node('Sqrt', [graph.node('Max', [squares, graph.scalar(1e-12)])])
  return graph.node('Div', [x, length])
}

/** The axis counted from the front, with the batch. */
const joining = z.object({ axis: z.number().int() })

export const mergeTranslators: Readonly<Record<string, Translate>> = {
  Add: elementwise('Add', mergeLayers.Add),
  Subtract: elementwise('Sub', mergeLayers.Subtract),
  Multiply: elementwise('Mul', mergeLayers.Multiply),
  Maximum: elementwise('Max', mergeLayers.Maximum),
  Minimum: elementwise('Min', mergeLayers.Minimum),

  Average: translator(mergeLayers.Average, ({ graph, inputs }) => {
    const values = aligned(graph, inputs)
    const sum = values.map(({ name }) => name).reduce((all, one) => graph.node('Add', [all, one]))
    return broadcast(values, graph.node('Mul', [sum, graph.scalar(1 / values.length)]))
  }),

  Concatenate: ({ graph, config, inputs }) => {
    const { axis } = joining.parse(config)
    const values = aligned(graph, inputs)
    const [first] = values
    if (first === undefined) throw new Error('an input is missing')
    const name = graph.node(
      'Concat',
      values.map((value) => value.name),
      { axis: axisOf(first, axis) },
    )
    const joined = values.reduce((sum, { shape }) => sum + (shape[axis - 1] ?? 0), 0)
    return [{ ...first, name, shape: first.shape.with(axis - 1, joined) }]
  },

  Dot: translator(mergeLayers.Dot, ({ graph, settings, inputs }) => {
    const [first, second] = inputs
    if (first === undefined || second === undefined) throw new Error('an input is missing')
    const { axes, normalize } = settings
    const [a, b] = typeof axes === 'number' ? [axes, axes] : axes
    const product = graph.node('MatMul', [
      asMatrix(graph, first, a, 'first', normalize),
      asMatrix(graph, second, b, 'second', normalize),
    ])
    const rest = [...without(first, a), ...without(second, b)]
    const shape = rest.length === 0 ? [1] : rest
    return plain(graph.reshape(product, [0, ...shape]), shape)
  }),
}

const without = ({ shape }: Value, axis: number) =>
  shape.filter((_, index) => index !== (axis < 0 ? axis + shape.length : axis - 1))
