import { coreLayers } from '@taikai/shared/model/layers/core'
import { identityLayers } from '@taikai/shared/model/layers/identity'
import { activate } from './activations.ts'
import type { GraphBuilder, Weight } from './graph-builder.ts'
import { soleValue, type Translate, translator, weightOf } from './translator.ts'
import { channelsLast, plain, type Value } from './value.ts'

/** Inputs as they are. */
const passOn: Translate = ({ inputs }) => [soleValue(inputs)]

/** A product along the last axis. Where channels come first it is a convolution of one place, and stays there. */
function product(graph: GraphBuilder, x: Value, kernel: Weight, bias: Weight | undefined): Value {
  const rank = x.shape.length
  const [features = 0, units = 0] = kernel.shape
  const shape = [...x.shape.slice(0, -1), units]
  const biases = bias === undefined ? [] : [graph.weight(bias)]
  if (rank === 1) return plain(graph.node('Gemm', [x.name, graph.weight(kernel), ...biases]), shape)
  if (x.channels === 'first') {
    const place = new Array<number>(rank - 1).fill(1)
    const window = graph.weight(kernel, { axes: [1, 0], shape: [units, features, ...place] })
    return { ...x, shape, name: graph.node('Conv', [x.name, window, ...biases], { kernel_shape: place }) }
  }
  const multiplied = graph.node('MatMul', [x.name, graph.weight(kernel)])
  return plain(bias === undefined ? multiplied : graph.node('Add', [multiplied, ...biases]), shape)
}

export const coreTranslators: Readonly<Record<string, Translate>> = {
  ...Object.fromEntries(Object.keys(identityLayers).map((name) => [name, passOn])),

  Dense: translator(coreLayers.Dense, ({ graph, settings, inputs, weights }) => {
    const multiplied = product(graph, soleValue(inputs), weightOf(weights, 'kernel'), weights.get('bias'))
    return activate(graph, settings.activation, multiplied)
  }),

  Embedding: translator(coreLayers.Embedding, ({ graph, settings, inputs, weights }) => {
    const x = channelsLast(graph, soleValue(inputs))
    const table = graph.weight(weightOf(weights, 'embeddings'))
    const name = graph.node('Gather', [table, graph.node('Cast', [x.name], { to: 7 })])
    return plain(name, [...x.shape, settings.output_dim])
  }),

  CategoryEncoding: translator(coreLayers.CategoryEncoding, ({ graph, settings, inputs }) => {
    const { num_tokens, output_mode } = settings
    const x = channelsLast(graph, soleValue(inputs))
    const whole = graph.node('Unsqueeze', [graph.node('Cast', [x.name], { to: 7 }), graph.integers([-1])])
    const tokens = graph.integers(Array.from({ length: num_tokens }, (_, token) => token))
    const vectors = graph.node('Cast', [graph.node('Equal', [whole, tokens])], { to: 1 })
    if (output_mode === 'one_hot' && x.shape.at(-1) !== 1) return plain(vectors, [...x.shape, num_tokens])
    const op = output_mode === 'count' ? 'ReduceSum' : 'ReduceMax'
    const name = graph.node(op, [vectors, graph.integers([-2])], { keepdims: 0 })
    return plain(name, [...x.shape.slice(0, -1), num_tokens])
  }),
}
