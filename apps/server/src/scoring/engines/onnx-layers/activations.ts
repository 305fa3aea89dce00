import {
  type ActivationLayerName,
  type ActivationName,
  activationSchemas,
  activation as activationSetting,
} from '@taikai/shared/model/layers/activation'
import type { GraphBuilder } from './graph-builder.ts'
import { axisOf, like, type Value } from './value.ts'

type Activation = (graph: GraphBuilder, x: string) => string

const clip =
  (lowest: number, highest: number): Activation =>
  (graph, x) =>
    graph.node('Clip', [x, graph.scalar(lowest), graph.scalar(highest)])
const hardSigmoid =
  (alpha: number): Activation =>
  (graph, x) =>
    graph.node('HardSigmoid', [x], { alpha: { float: alpha }, beta: { float: 0.5 } })
const elu =
  (alpha: number): Activation =>
  (graph, x) =>
    graph.node('Elu', [x], { alpha: { float: alpha } })
const leakyRelu =
  (slope: number): Activation =>
  (graph, x) =>
    graph.node('LeakyRelu', [x], { alpha: { float: slope } })
const shrink =
  (bias: number): Activation =>
  (graph, x) =>
    graph.node('Shrink', [x], { lambd: { float: 0.5 }, bias: { float: bias } })
const times: (other: Activation) => Activation = (other) => (graph, x) =>
  graph.node('Mul', [x, other(graph, x)])
const plain =
  (op: string): Activation =>
  (graph, x) =>
    graph.node(op, [x])
const gelu =
  (approximate: 'none' | 'tanh'): Activation =>
  (graph, x) =>
    graph.node('Gelu', [x], { approximate })
const step: Activation = (graph, x) =>
  graph.node('Cast', [graph.node('Greater', [x, graph.scalar(0)])], { to: 1 })

/** Functions of each value by itself; formulas in `layers/activations.ts`. */
const functions: Readonly<Record<Exclude<ActivationName, 'softmax' | 'log_softmax'>, Activation>> = {
  linear: (_graph, x) => x,
  relu: plain('Relu'),
  relu6: clip(0, 6),
  leaky_relu: leakyRelu(0.2),
  elu: elu(1),
  selu: plain('Selu'),
  celu: elu(1),
  sigmoid: plain('Sigmoid'),
  hard_sigmoid: hardSigmoid(0.2),
  hard_sigmoid_relu6: hardSigmoid(1 / 6),
  log_sigmoid: (graph, x) => graph.node('Neg', [graph.node('Softplus', [graph.node('Neg', [x])])]),
  sparse_sigmoid: hardSigmoid(0.5),
  softplus: plain('Softplus'),
  softsign: plain('Softsign'),
  tanh: plain('Tanh'),
  hard_tanh: clip(-1, 1),
  tanh_shrink: (graph, x) => graph.node('Sub', [x, graph.node('Tanh', [x])]),
  swish: times(plain('Sigmoid')),
  hard_silu: plain('HardSwish'),
  mish: times((graph, x) => graph.node('Tanh', [graph.node('Softplus', [x])])),
  gelu: gelu('none'),
  gelu_new: gelu('tanh'),
  exponential: plain('Exp'),
  squareplus: (graph, x) => {
    const root = graph.node('Sqrt', [graph.node('Add', [graph.node('Mul', [x, x]), graph.scalar(4)])])
    return graph.node('Mul', [graph.node('Add', [x, root]), graph.scalar(0.5)])
  },
  sparse_plus: (graph, x) => {
    const above = graph.node('Clip', [graph.node('Add', [x, graph.scalar(1)]), graph.scalar(0)])
    const parabola = graph.node('Mul', [graph.node('Mul', [above, above]), graph.scalar(0.25)])
    return graph.node('Where', [graph.node('GreaterOrEqual', [x, graph.scalar(1)]), x, parabola])
  },
  soft_shrink: shrink(0.5),
  hard_shrink: shrink(0),
  step,
}

/** The layers that may stand as an activation; settings as their schemas read them. */
export const activationLayers: Readonly<
  Record<ActivationLayerName, (graph: GraphBuilder, settings: unknown, x: Value) => Value>
> = {
  ReLU: (graph, settings, x) => {
    const { max_value, negative_slope, threshold } = activationSchemas.ReLU.parse(settings)
    const rising = like(x, rectified(graph, x.name, negative_slope, threshold))
    return max_value === null || max_value === undefined
      ? rising
      : like(x, graph.node('Min', [rising.name, graph.scalar(max_value)]))
  },
  LeakyReLU: (graph, settings, x) => {
    const { alpha, negative_slope } = activationSchemas.LeakyReLU.parse(settings)
    return like(x, leakyRelu(negative_slope ?? alpha ?? 0.3)(graph, x.name))
  },
  ELU: (graph, settings, x) => like(x, elu(activationSchemas.ELU.parse(settings).alpha)(graph, x.name)),
  ThresholdedReLU: (graph, settings, x) => {
    const { theta } = activationSchemas.ThresholdedReLU.parse(settings)
    const above = graph.node('Greater', [x.name, graph.scalar(theta)])
    return like(x, graph.node('Where', [above, x.name, graph.scalar(0)]))
  },
  Softmax: (graph, settings, x) =>
    alongAxis(graph, 'Softmax', x, activationSchemas.Softmax.parse(settings).axis),
  Step: (graph, _settings, x) => like(x, step(graph, x.name)),
  SigmoidWithGain: (graph, settings, x) => {
    const gain = graph.scalar(activationSchemas.SigmoidWithGain.parse(settings).gain)
    return like(x, graph.node('Sigmoid', [graph.node('Mul', [x.name, gain])]))
  },
}

/** x from the threshold on, below it the slope times its distance. */
function rectified(graph: GraphBuilder, x: string, slope: number, threshold: number): string {
  if (threshold === 0) return slope === 0 ? graph.node('Relu', [x]) : leakyRelu(slope)(graph, x)
  const from = graph.scalar(threshold)
  const below = graph.node('Mul', [graph.node('Sub', [x, from]), graph.scalar(slope)])
  return graph.node('Where', [graph.node('GreaterOrEqual', [x, from]), x, below])
}

function alongAxis(graph: GraphBuilder, op: 'Softmax' | 'LogSoftmax', x: Value, axis: number): Value {
  return like(x, graph.node(op, [x.name], { axis: axisOf(x, axis) }))
}

const settingSchema = activationSetting()

/** Applies the `activation` setting of a layer, as its kind reads it; none is linear. */
export function activate(graph: GraphBuilder, setting: unknown, x: Value): Value {
  const parsed = settingSchema.parse(setting)
  if (typeof parsed !== 'string') return activationLayers[parsed.class_name](graph, parsed.config, x)
  if (parsed === 'softmax') return alongAxis(graph, 'Softmax', x, -1)
  if (parsed === 'log_softmax') return alongAxis(graph, 'LogSoftmax', x, -1)
  return like(x, functions[parsed](graph, x.name))
}
