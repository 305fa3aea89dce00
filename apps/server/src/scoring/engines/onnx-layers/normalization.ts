import { normalizationLayers } from '@taikai/shared/model/layers/normalization'
import type { GraphBuilder, Weight } from './graph-builder.ts'
import { unitVectors } from './merging.ts'
import { soleValue, type Translate, type TypedCall, translator, weightOf } from './translator.ts'
import { axisOf, channelsFirst, channelsLast, like, plain, spreadWeight, type Value } from './value.ts'

/** Scale and shift, where the layer has them. */
function scaled(
  graph: GraphBuilder,
  x: Value,
  axes: readonly number[],
  weights: ReadonlyMap<string, Weight>,
): Value {
  const [gamma, beta] = [weights.get('gamma'), weights.get('beta')]
  const product =
    gamma === undefined ? x.name : graph.node('Mul', [x.name, spreadWeight(graph, x, gamma, axes)])
  return like(
    x,
    beta === undefined ? product : graph.node('Add', [product, spreadWeight(graph, x, beta, axes)]),
  )
}

/**
 * Batch normalisation (Ioffe and Szegedy 2015) over the last axis. Where channels come first it is a node of its own, which is
 * folded into the product before it; on Keras' order a product and a sum.
 */
function batchNormalization({
  graph,
  settings: { epsilon },
  inputs,
  weights,
}: TypedCall<{ epsilon: number }>): Value {
  const x = soleValue(inputs)
  const mean = weightOf(weights, 'moving_mean').data
  const variance = weightOf(weights, 'moving_variance').data
  const scale = mean.map(() => 1)
  const shift = mean.map(() => 0)
  const gamma = weights.get('gamma')?.data ?? scale
  const beta = weights.get('beta')?.data ?? shift
  if (x.channels === 'first' || x.shape.length === 1) {
    const names = [gamma, beta, mean, variance].map((data) => graph.constant(data))
    return like(x, graph.node('BatchNormalization', [x.name, ...names], { epsilon: { float: epsilon } }))
  }
  const factor = scale.map((one, at) => ((gamma[at] ?? 1) * one) / Math.sqrt((variance[at] ?? 0) + epsilon))
  const summand = shift.map((_, at) => (beta[at] ?? 0) - (mean[at] ?? 0) * (factor[at] ?? 0))
  const product = graph.node('Mul', [x.name, graph.constant(factor)])
  return like(x, graph.node('Add', [product, graph.constant(summand)]))
}

const translateBatchNormalization = translator(normalizationLayers.BatchNormalization, batchNormalization)

export const normalizationTranslators: Readonly<Record<string, Translate>> = {
  BatchNormalization: translateBatchNormalization,
  VolumeNormalization: translateBatchNormalization,

  /** ONNX normalises the last axes: those that are meant are brought there, and back. */
  LayerNormalization: translator(
    normalizationLayers.LayerNormalization,
    ({ graph, settings, inputs, weights }) => {
      const x = channelsLast(graph, soleValue(inputs))
      const rank = x.shape.length
      const meant = settings.axis.map((axis) => (axis < 0 ? axis + rank + 1 : axis))
      const others = Array.from({ length: rank + 1 }, (_, axis) => axis).filter(
        (axis) => !meant.includes(axis),
      )
      const order = [...others, ...meant]
      const count = meant.reduce((product, axis) => product * (x.shape[axis - 1] ?? 1), 1)
      const shape = meant.map((axis) => x.shape[axis - 1] ?? 1)
      const gamma = weights.get('gamma')?.data ?? new Float32Array(count).fill(1)
      const beta = weights.get('beta')?.data
      const name = graph.node(
        'LayerNormalization',
        [
          graph.transpose(x.name, order),
          graph.constant(gamma, shape),
          ...(beta === undefined ? [] : [graph.constant(beta, shape)]),
        ],
        { axis: others.length, epsilon: { float: settings.epsilon } },
      )
      const back = order.map((_, axis) => order.indexOf(axis))
      return plain(graph.transpose(name, back), x.shape)
    },
  ),

  /** Groups of channels as the channels of an instance normalisation. */
  GroupNormalization: translator(
    normalizationLayers.GroupNormalization,
    ({ graph, settings, inputs, weights }) => {
      const x = channelsFirst(graph, soleValue(inputs))
      const channels = x.shape.at(-1) ?? 1
      const groups = settings.groups === -1 ? channels : settings.groups
      const ones = graph.constant(new Float32Array(groups).fill(1))
      const zeros = graph.constant(new Float32Array(groups))
      const grouped = graph.node(
        'InstanceNormalization',
        [graph.reshape(x.name, [0, groups, -1]), ones, zeros],
        {
          epsilon: { float: settings.epsilon },
        },
      )
      const places = x.shape.slice(0, -1)
      const normalized = like(x, graph.reshape(grouped, [0, channels, ...places]))
      return scaled(graph, normalized, [-1], weights)
    },
  ),

  RMSNormalization: translator(
    normalizationLayers.RMSNormalization,
    ({ graph, settings, inputs, weights }) => {
      const x = soleValue(inputs)
      const axes = graph.integers(settings.axis.map((axis) => axisOf(x, axis)))
      const squares = graph.node('ReduceMean', [graph.node('Mul', [x.name, x.name]), axes], { keepdims: 1 })
      const root = graph.node('Sqrt', [graph.node('Add', [squares, graph.scalar(settings.epsilon)])])
      const scale = spreadWeight(graph, x, weightOf(weights, 'scale'), settings.axis)
      return like(x, graph.node('Mul', [graph.node('Div', [x.name, root]), scale]))
    },
  ),

  UnitNormalization: translator(normalizationLayers.UnitNormalization, ({ graph, settings, inputs }) => {
    const x = soleValue(inputs)
    return like(x, unitVectors(graph, x.name, ...settings.axis.map((axis) => axisOf(x, axis))))
  }),
}
