import { z } from 'zod'
import {
  axisSize,
  count,
  flag,
  LayerFault,
  layerKind,
  only,
  type Shape,
  sizeOf,
  type WeightShape,
} from './layer-kind.ts'

/** Inputs in Keras' order: query, value, and key where it is not the value. */
function queryValueKey(inputs: readonly Shape[]): { query: Shape; value: Shape; key: Shape } {
  const [query, value, key = value] = inputs
  if (query === undefined || value === undefined || key === undefined || inputs.length > 3)
    throw new LayerFault('takes a query, a value and maybe a key')
  if ([query, value, key].some((shape) => shape.length < 2) || axisSize(value, 0) !== axisSize(key, 0))
    throw new LayerFault('takes inputs with a time axis')
  return { query, value, key }
}

/**
 * Vaswani et al. 2017, section 3.2.2: heads over all axes between batch and features. MACs: the four projections, and
 * heads × places of the query × places of the value × (key_dim + value_dim).
 */
const multiHeadAttention = layerKind(
  z.object({
    num_heads: count,
    key_dim: count,
    value_dim: count.nullish(),
    use_bias: flag(true),
    output_shape: z
      .union([count, z.array(count).length(1)])
      .nullish()
      .transform((shape) => (Array.isArray(shape) ? (shape[0] ?? null) : (shape ?? null))),
    attention_axes: z
      .union([count, z.array(count).min(1).max(8)])
      .nullish()
      .transform((axes) => (typeof axes === 'number' ? [axes] : (axes ?? null))),
    use_gate: only(false, 'MultiHeadAttention(use_gate=True)'),
    sliding_window: only(null, 'MultiHeadAttention(sliding_window)'),
  }),
  ({ num_heads, key_dim, value_dim, use_bias, output_shape, attention_axes }, inputs) => {
    const { query, value, key } = queryValueKey(inputs)
    if (attention_axes !== null && attention_axes.length !== query.length - 1)
      throw new LayerFault('attends over a part of the axes')
    const valueDim = value_dim ?? key_dim
    const features = output_shape ?? axisSize(query, -1)
    const queries = sizeOf(query.slice(0, -1))
    const values = sizeOf(value.slice(0, -1))
    const perHead = (name: string, from: Shape, size: number): WeightShape[] => [
      { name: `${name}/kernel`, shape: [axisSize(from, -1), num_heads, size] },
      ...(use_bias ? [{ name: `${name}/bias`, shape: [num_heads, size] }] : []),
    ]
    const scores = num_heads * queries * values
    return {
      outputs: [[...query.slice(0, -1), features]],
      weights: [
        ...perHead('query', query, key_dim),
        ...perHead('key', key, key_dim),
        ...perHead('value', value, valueDim),
        { name: 'attention_output/kernel', shape: [num_heads, valueDim, features] },
        ...(use_bias ? [{ name: 'attention_output/bias', shape: [features] }] : []),
      ],
      macs:
        num_heads * (sizeOf(query) * key_dim + sizeOf(key) * key_dim + sizeOf(value) * valueDim) +
        scores * (key_dim + valueDim) +
        queries * num_heads * valueDim * features,
      working: Math.max(scores, num_heads * Math.max(queries, values) * Math.max(key_dim, valueDim)),
    }
  },
)

/** Facts of the attention layers without projections; `pairs` are all places of the query with all of the value. */
function plainAttention(inputs: readonly Shape[], spreads: boolean, weights: readonly WeightShape[]) {
  const { query, value, key } = queryValueKey(inputs)
  if (query.length !== 2 || value.length !== 2 || axisSize(query, 1) !== axisSize(key, 1))
    throw new LayerFault('takes inputs of one time and one feature axis, query and key alike')
  const pairs = axisSize(query, 0) * axisSize(value, 0)
  return {
    outputs: [[axisSize(query, 0), axisSize(value, 1)]],
    weights,
    macs: pairs * (axisSize(query, 1) + axisSize(value, 1)),
    working: spreads ? pairs * axisSize(query, 1) : pairs,
  }
}

/** Luong et al. 2015: the scores are dot products of query and key, scaled by a learned number. */
const attention = layerKind(
  z.object({
    use_scale: flag(false),
    score_mode: z
      .enum(['dot', 'concat'])
      .nullish()
      .transform((mode) => mode ?? 'dot'),
  }),
  ({ use_scale, score_mode }, inputs) =>
    plainAttention(inputs, score_mode === 'concat', [
      ...(use_scale ? [{ name: 'scale', shape: [] }] : []),
      ...(score_mode === 'concat' ? [{ name: 'concat_score_weight', shape: [] }] : []),
    ]),
)

/** Bahdanau et al. 2015: the scores are sums over tanh(query + key). */
const additiveAttention = layerKind(z.object({ use_scale: flag(true) }), ({ use_scale }, inputs) =>
  plainAttention(inputs, true, use_scale ? [{ name: 'scale', shape: [inputs[0]?.at(-1) ?? 0] }] : []),
)

export const attentionLayers = {
  MultiHeadAttention: multiHeadAttention,
  Attention: attention,
  AdditiveAttention: additiveAttention,
}
