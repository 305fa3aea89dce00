import { attentionLayers } from '@taikai/shared/model/layers/attention'
import type { GraphBuilder, Weight } from './graph-builder.ts'
import { type Translate, translator, weightOf } from './translator.ts'
import { channelsLast, plain, type Value } from './value.ts'

/** Query, value, and key where it is not the value, in Keras' order. */
function roles(graph: GraphBuilder, inputs: readonly Value[]): { query: Value; value: Value; key: Value } {
  const [query, value, key = value] = inputs.map((input) => channelsLast(graph, input))
  if (query === undefined || value === undefined || key === undefined) throw new Error('an input is missing')
  return { query, value, key }
}

/** `[batch, ..., features]` to heads `[batch, heads, places, size]`; all axes between batch and features are places. */
function perHead(graph: GraphBuilder, x: Value, name: string, weights: ReadonlyMap<string, Weight>): string {
  const kernel = weightOf(weights, `${name}/kernel`)
  const [features = 0, heads = 0, size = 0] = kernel.shape
  const places = graph.reshape(x.name, [-1, placesOf(x), features])
  const product = graph.node('MatMul', [places, graph.weight(kernel, { shape: [features, heads * size] })])
  const split = graph.reshape(withBias(graph, product, weights.get(`${name}/bias`)), [0, 0, heads, size])
  return graph.transpose(split, [0, 2, 1, 3])
}

const placesOf = ({ shape }: Value) => shape.slice(0, -1).reduce((product, size) => product * size, 1)

const withBias = (graph: GraphBuilder, x: string, bias: Weight | undefined) =>
  bias === undefined ? x : graph.node('Add', [x, graph.weight(bias, { shape: [bias.data.length] })])

const softmax = (graph: GraphBuilder, x: string) => graph.node('Softmax', [x], { axis: -1 })

/** Sums of every place of the query with every place of the key: `[batch, queries, keys, features]`. */
function allPairs(graph: GraphBuilder, query: Value, key: Value): string {
  const rows = graph.node('Unsqueeze', [query.name, graph.integers([2])])
  return graph.node('Add', [rows, graph.node('Unsqueeze', [key.name, graph.integers([1])])])
}

const sumOfFeatures = (graph: GraphBuilder, x: string) =>
  graph.node('ReduceSum', [x, graph.integers([-1])], { keepdims: 0 })

/** Formulas in the kinds. */
export const attentionTranslators: Readonly<Record<string, Translate>> = {
  MultiHeadAttention: translator(
    attentionLayers.MultiHeadAttention,
    ({ graph, settings, inputs, weights }) => {
      const { query, value, key } = roles(graph, inputs)
      const scale = graph.scalar(1 / Math.sqrt(settings.key_dim))
      const queries = graph.node('Mul', [perHead(graph, query, 'query', weights), scale])
      const keys = graph.transpose(perHead(graph, key, 'key', weights), [0, 1, 3, 2])
      const scores = softmax(graph, graph.node('MatMul', [queries, keys]))
      const heads = graph.node('MatMul', [scores, perHead(graph, value, 'value', weights)])
      const kernel = weightOf(weights, 'attention_output/kernel')
      const [headCount = 1, size = 1, features = 1] = kernel.shape
      const joined = graph.reshape(graph.transpose(heads, [0, 2, 1, 3]), [0, 0, headCount * size])
      const projection = graph.weight(kernel, { shape: [headCount * size, features] })
      const product = graph.node('MatMul', [joined, projection])
      const output = withBias(graph, product, weights.get('attention_output/bias'))
      const shape = [...query.shape.slice(0, -1), features]
      return plain(graph.reshape(output, [-1, ...shape]), shape)
    },
  ),

  Attention: translator(attentionLayers.Attention, ({ graph, settings, inputs, weights }) => {
    const { query, value, key } = roles(graph, inputs)
    const scale = weights.get('scale')
    const scaled = (x: string) => (scale === undefined ? x : graph.node('Mul', [x, graph.weight(scale)]))
    const concatenated = () => {
      const sums = sumOfFeatures(graph, graph.node('Tanh', [scaled(allPairs(graph, query, key))]))
      return graph.node('Mul', [sums, graph.weight(weightOf(weights, 'concat_score_weight'))])
    }
    const scores =
      settings.score_mode === 'dot'
        ? scaled(graph.node('MatMul', [query.name, graph.transpose(key.name, [0, 2, 1])]))
        : concatenated()
    return attended(graph, scores, query, value)
  }),

  AdditiveAttention: translator(attentionLayers.AdditiveAttention, ({ graph, inputs, weights }) => {
    const { query, value, key } = roles(graph, inputs)
    const scale = weights.get('scale')
    const pairs = graph.node('Tanh', [allPairs(graph, query, key)])
    const scaled = scale === undefined ? pairs : graph.node('Mul', [pairs, graph.weight(scale)])
    return attended(graph, sumOfFeatures(graph, scaled), query, value)
  }),
}

/** The mean of the values for each place of the query, weighted by the softmax of its scores. */
function attended(graph: GraphBuilder, scores: string, query: Value, value: Value): Value {
  const name = graph.node('MatMul', [softmax(graph, scores), value.name])
  return plain(name, [...query.shape.slice(0, -1), value.shape.at(-1) ?? 1])
}
