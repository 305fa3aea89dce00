import { recurrentLayers } from '@taikai/shared/model/layers/recurrent'
import type { Attributes, GraphBuilder, Weight } from './graph-builder.ts'
import { movedAxes } from './moved-axes.ts'
import { soleValue, type Translate, translator, weightOf } from './translator.ts'
import { channelsLast, plain, type Value } from './value.ts'

/** A function within ONNX' recurrent operators, with the numbers that it takes. */
type GateFunction = { name: string; alpha?: number; beta?: number }

/** Those that ONNX Runtime has; a layer with any other is untranslatable. */
const gateFunctions: ReadonlyMap<unknown, GateFunction> = new Map<string, GateFunction>([
  ['tanh', { name: 'Tanh' }],
  ['sigmoid', { name: 'Sigmoid' }],
  ['relu', { name: 'Relu' }],
  ['linear', { name: 'Affine', alpha: 1, beta: 0 }],
  ['leaky_relu', { name: 'LeakyRelu', alpha: 0.2 }],
  ['elu', { name: 'Elu', alpha: 1 }],
  ['celu', { name: 'Elu', alpha: 1 }],
  ['hard_sigmoid', { name: 'HardSigmoid', alpha: 0.2, beta: 0.5 }],
  ['hard_sigmoid_relu6', { name: 'HardSigmoid', alpha: 1 / 6, beta: 0.5 }],
  ['sparse_sigmoid', { name: 'HardSigmoid', alpha: 0.5, beta: 0.5 }],
  ['softsign', { name: 'Softsign' }],
  ['softplus', { name: 'Softplus' }],
])
/** Whether a recurrent layer's clean configuration names a function that ONNX' operators lack. */
export const hasForeignGates = ({ activation, recurrent_activation }: Record<string, unknown>) =>
  ![activation, recurrent_activation].every((one) => one === undefined || gateFunctions.has(one))

function functionsOf(...settings: unknown[]): Attributes {
  const found = settings.flatMap((setting) => gateFunctions.get(setting) ?? [])
  if (found.length < settings.length) throw new Error('a gate function that ONNX lacks')
  return {
    activations: found.map(({ name }) => name),
    activation_alpha: { floats: found.flatMap(({ alpha }) => alpha ?? []) },
    activation_beta: { floats: found.flatMap(({ beta }) => beta ?? []) },
  }
}

/** Columns in blocks of one gate each, the blocks in another order, one row per column: `[1, gates × units, rows]`. */
function gatesFirst({ shape, data }: Weight, order: readonly number[]): Weight {
  const [rows = 1, columns = 1] = shape
  const units = columns / order.length
  const transposed = movedAxes({ shape: [rows, columns], data }, [1, 0]).data
  const blocks = order.map((gate) => transposed.subarray(gate * units * rows, (gate + 1) * units * rows))
  return { shape: [1, columns, rows], data: joined(blocks) }
}

function joined(parts: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}

/** Both biases, that of the input and that of the state; Keras has the second one only in a GRU that resets after the product. */
function biases({ data }: Weight, columns: number, order: readonly number[]): Weight {
  const state = data.length === 2 * columns ? data.subarray(columns) : new Float32Array(columns)
  const rows = [data.subarray(0, columns), state].map(
    (row) => gatesFirst({ shape: [1, columns], data: row }, order).data,
  )
  return { shape: [1, 2 * columns], data: joined(rows) }
}

type Operator = { op: 'RNN' | 'GRU' | 'LSTM'; order: readonly number[]; attributes: Attributes }
type Running = { units: number; return_sequences: boolean; return_state: boolean; go_backwards: boolean }

/** One operator over time, and its states behind its output where they are asked for. */
function run(
  graph: GraphBuilder,
  input: Value,
  weights: ReadonlyMap<string, Weight>,
  { op, order, attributes }: Operator,
  { units, return_sequences, return_state, go_backwards }: Running,
): Value[] {
  const x = channelsLast(graph, input)
  const [time = 1] = x.shape
  const steps = graph.transpose(go_backwards ? reversed(graph, x) : x.name, [1, 0, 2])
  const own = (name: string) => {
    const weight = weightOf(weights, name)
    return graph.weightAs(weight, op, () => gatesFirst(weight, order))
  }
  const bias = weights.get('bias')
  const both =
    bias === undefined ? [] : [graph.weightAs(bias, op, () => biases(bias, order.length * units, order))]
  const [all = '', ...states] = graph.nodeWith(
    op === 'LSTM' ? 3 : 2,
    op,
    [steps, own('kernel'), own('recurrent_kernel'), ...both],
    { hidden_size: units, ...attributes },
  )
  const last = states.map((name) => plain(graph.node('Squeeze', [name, graph.integers([0])]), [units]))
  const sequence = () =>
    plain(graph.transpose(graph.node('Squeeze', [all, graph.integers([1])]), [1, 0, 2]), [time, units])
  const output = return_sequences ? sequence() : soleValue(last)
  return return_state ? [output, ...last] : [output]
}

/** Time from its end on. */
export function reversed(graph: GraphBuilder, { name }: Value): string {
  const [start, end, axis, step] = [-1, Number.MIN_SAFE_INTEGER, 1, -1].map((one) => graph.integers([one]))
  if (start === undefined || end === undefined || axis === undefined || step === undefined)
    throw new Error('a slice without its ends')
  return graph.node('Slice', [name, start, end, axis, step])
}

const gru = (resetAfter: boolean): Translate =>
  translator(recurrentLayers.GRU, ({ graph, settings, inputs, weights }) => {
    const attributes = {
      linear_before_reset: resetAfter ? 1 : 0,
      ...functionsOf(settings.recurrent_activation, settings.activation),
    }
    return run(graph, soleValue(inputs), weights, { op: 'GRU', order: [0, 1, 2], attributes }, settings)
  })

/** Keras' gates are z, r, h for a GRU and i, f, c, o for an LSTM, ONNX' z, r, h and i, o, f, c. */
export const recurrentTranslators: Readonly<Record<string, Translate>> = {
  SimpleRNN: translator(recurrentLayers.SimpleRNN, ({ graph, settings, inputs, weights }) => {
    const attributes = functionsOf(settings.activation)
    return run(graph, soleValue(inputs), weights, { op: 'RNN', order: [0], attributes }, settings)
  }),
  GRU: gru(false),
  GRUResetAfter: gru(true),
  LSTM: translator(recurrentLayers.LSTM, ({ graph, settings, inputs, weights }) => {
    const { activation, recurrent_activation } = settings
    const attributes = functionsOf(recurrent_activation, activation, activation)
    return run(graph, soleValue(inputs), weights, { op: 'LSTM', order: [0, 3, 1, 2], attributes }, settings)
  }),
}
