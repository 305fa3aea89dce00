import {
  add,
  div,
  maximum,
  mean,
  moments,
  mul,
  reshape,
  rsqrt,
  sqrt,
  square,
  sub,
  sum,
  type Tensor,
} from '@tensorflow/tfjs-core'
import { normalizationLayers } from '../../model/layers/normalization.ts'
import { registerLayer, soleTensor, type Weights, weightOf } from './register-layer.ts'

/** A weight over some axes (counted with the batch dimension), in the rank of the values that it scales or shifts. */
function spread(weight: Tensor, axes: readonly number[], x: Tensor): Tensor {
  const kept = axes.map((one) => (one < 0 ? x.rank + one : one))
  return reshape(
    weight,
    x.shape.map((size, at) => (kept.includes(at) ? size : 1)),
  )
}

/** Scale and shift, where the layer has them. */
function scaled(x: Tensor, axes: readonly number[], weights: Weights): Tensor {
  const [gamma, beta] = [weights.get('gamma'), weights.get('beta')]
  const product = gamma === undefined ? x : mul(x, spread(gamma, axes, x))
  return beta === undefined ? product : add(product, spread(beta, axes, x))
}

/**
 * Layer normalisation (Ba et al. 2016), group normalisation over the last axis (Wu and He 2018), RMS normalisation (Zhang and
 * Sennrich 2019), unit vectors, and batch normalisation of volumes.
 */
export function registerNormalization(): void {
  registerLayer(
    'LayerNormalization',
    normalizationLayers.LayerNormalization,
    (settings, inputs, weights) => {
      const x = soleTensor(inputs)
      const { mean: centre, variance } = moments(x, settings.axis, true)
      return scaled(mul(sub(x, centre), rsqrt(add(variance, settings.epsilon))), settings.axis, weights)
    },
    { passesMask: true },
  )

  registerLayer(
    'VolumeNormalization',
    normalizationLayers.BatchNormalization,
    (settings, inputs, weights) => {
      const x = soleTensor(inputs)
      const axes = [settings.axis]
      const centre = spread(weightOf(weights, 'moving_mean'), axes, x)
      const deviation = sqrt(add(spread(weightOf(weights, 'moving_variance'), axes, x), settings.epsilon))
      return scaled(div(sub(x, centre), deviation), axes, weights)
    },
  )

  registerLayer('GroupNormalization', normalizationLayers.GroupNormalization, (settings, inputs, weights) => {
    const x = soleTensor(inputs)
    const channels = x.shape.at(-1) ?? 1
    const groups = settings.groups === -1 ? channels : settings.groups
    const grouped = reshape(x, [x.shape[0] ?? 0, -1, groups, channels / groups])
    const { mean: centre, variance } = moments(grouped, [1, 3], true)
    const normalized = mul(sub(grouped, centre), rsqrt(add(variance, settings.epsilon)))
    return scaled(reshape(normalized, x.shape), [-1], weights)
  })

  registerLayer(
    'RMSNormalization',
    normalizationLayers.RMSNormalization,
    ({ axis, epsilon }, inputs, weights) => {
      const x = soleTensor(inputs)
      const scale = spread(weightOf(weights, 'scale'), axis, x)
      return mul(mul(x, rsqrt(add(mean(square(x), axis, true), epsilon))), scale)
    },
  )

  registerLayer('UnitNormalization', normalizationLayers.UnitNormalization, ({ axis }, inputs) => {
    const x = soleTensor(inputs)
    return div(x, sqrt(maximum(sum(square(x), axis, true), 1e-12)))
  })
}
