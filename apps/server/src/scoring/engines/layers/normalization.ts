import { normalizationLayers } from '@taikai/shared/model/layers/normalization'
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
} from '@tensorflow/tfjs-core'
import { registerLayer, soleTensor, weightOf } from './register-layer.ts'

/** Group normalisation over the last axis (Wu and He 2018), RMS normalisation (Zhang and Sennrich 2019), unit vectors. */
export function registerNormalization(): void {
  registerLayer('GroupNormalization', normalizationLayers.GroupNormalization, (settings, inputs, weights) => {
    const x = soleTensor(inputs)
    const channels = x.shape.at(-1) ?? 1
    const groups = settings.groups === -1 ? channels : settings.groups
    const grouped = reshape(x, [x.shape[0] ?? 0, -1, groups, channels / groups])
    const { mean: centre, variance } = moments(grouped, [1, 3], true)
    const normalized = reshape(mul(sub(grouped, centre), rsqrt(add(variance, settings.epsilon))), x.shape)
    const scaled = settings.scale ? mul(normalized, weightOf(weights, 'gamma')) : normalized
    return settings.center ? add(scaled, weightOf(weights, 'beta')) : scaled
  })

  registerLayer(
    'RMSNormalization',
    normalizationLayers.RMSNormalization,
    ({ axis, epsilon }, inputs, weights) => {
      const x = soleTensor(inputs)
      const axes = axis.map((one) => (one < 0 ? x.rank + one : one))
      const scale = reshape(
        weightOf(weights, 'scale'),
        x.shape.map((size, at) => (axes.includes(at) ? size : 1)),
      )
      return mul(mul(x, rsqrt(add(mean(square(x), axes, true), epsilon))), scale)
    },
  )

  registerLayer('UnitNormalization', normalizationLayers.UnitNormalization, ({ axis }, inputs) => {
    const x = soleTensor(inputs)
    return div(x, sqrt(maximum(sum(square(x), axis, true), 1e-12)))
  })
}
