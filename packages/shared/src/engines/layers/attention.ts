import {
  add,
  expandDims,
  matMul,
  mul,
  reshape,
  softmax,
  sum,
  type Tensor,
  tanh,
  transpose,
} from '@tensorflow/tfjs-core'
import { attentionLayers } from '../../model/layers/attention.ts'
import { registerLayer, type Weights, weightOf } from './register-layer.ts'

/** Query, value, and key where it is not the value. */
function roles(inputs: readonly Tensor[]): { query: Tensor; value: Tensor; key: Tensor } {
  const [query, value, key = value] = inputs
  if (query === undefined || value === undefined || key === undefined) throw new Error('an input is missing')
  return { query, value, key }
}

/** `[batch, places, heads × size]` to `[batch, heads, places, size]`. */
function perHead(x: Tensor, name: string, weights: Weights): Tensor {
  const kernel = weightOf(weights, `${name}/kernel`)
  const [features = 0, heads = 0, size = 0] = kernel.shape
  const batch = x.shape[0] ?? 0
  const product = matMul(reshape(x, [-1, features]), reshape(kernel, [features, heads * size]))
  const bias = weights.get(`${name}/bias`)
  const biased = bias === undefined ? product : add(product, reshape(bias, [heads * size]))
  return transpose(reshape(biased, [batch, -1, heads, size]), [0, 2, 1, 3])
}

/** Attention layers; formulas in the kinds. All axes between batch and features are places. */
export function registerAttention(): void {
  registerLayer('MultiHeadAttention', attentionLayers.MultiHeadAttention, (settings, inputs, weights) => {
    const { query, value, key } = roles(inputs)
    const queries = mul(perHead(query, 'query', weights), 1 / Math.sqrt(settings.key_dim))
    const scores = matMul(queries, perHead(key, 'key', weights), false, true)
    const heads = matMul(softmax(scores), perHead(value, 'value', weights))
    const kernel = weightOf(weights, 'attention_output/kernel')
    const features = kernel.shape[2] ?? 0
    const joined = reshape(transpose(heads, [0, 2, 1, 3]), [-1, kernel.size / features])
    const output = matMul(joined, reshape(kernel, [-1, features]))
    const bias = weights.get('attention_output/bias')
    return reshape(bias === undefined ? output : add(output, bias), [...query.shape.slice(0, -1), features])
  })

  registerLayer('Attention', attentionLayers.Attention, ({ score_mode }, inputs, weights) => {
    const { query, value, key } = roles(inputs)
    const scale = weights.get('scale')
    const scaled = (x: Tensor) => (scale === undefined ? x : mul(x, scale))
    const scores =
      score_mode === 'dot'
        ? scaled(matMul(query, key, false, true))
        : mul(sum(tanh(scaled(allPairs(query, key))), -1), weightOf(weights, 'concat_score_weight'))
    return matMul(softmax(scores), value)
  })

  registerLayer('AdditiveAttention', attentionLayers.AdditiveAttention, (_settings, inputs, weights) => {
    const { query, value, key } = roles(inputs)
    const scale = weights.get('scale')
    const pairs = tanh(allPairs(query, key))
    return matMul(softmax(sum(scale === undefined ? pairs : mul(pairs, scale), -1)), value)
  })
}

/** Sums of every place of the query with every place of the key: `[batch, queries, keys, features]`. */
const allPairs = (query: Tensor, key: Tensor) => add(expandDims(query, 2), expandDims(key, 1))
