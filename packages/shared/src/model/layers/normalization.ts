import { z } from 'zod'
import {
  axisSize,
  flag,
  integer,
  LayerFault,
  layerKind,
  only,
  type Shape,
  soleInput,
  zeros,
} from './layer-kind.ts'

/** Axis with the batch dimension counted, as Keras writes it; TF.js and old Keras write `[3]` as well. */
const axis = z
  .union([z.number().int(), z.tuple([z.number().int()]).transform(([only]) => only)])
  .nullish()
  .transform((value) => value ?? -1)
const axes = z
  .union([z.number().int(), z.array(z.number().int()).min(1).max(8)])
  .nullish()
  .transform((value) => (typeof value === 'number' ? [value] : (value ?? [-1])))
const epsilon = (byDefault: number) =>
  z
    .number()
    .min(0)
    .nullish()
    .transform((value) => value ?? byDefault)
const scaling = {
  center: flag(true),
  scale: flag(true),
  beta_initializer: zeros,
  gamma_initializer: zeros,
}

/** Axes counted with the batch dimension, as positions in a shape without it; in ascending order as Keras sorts them. */
function positions(given: readonly number[], input: Shape): number[] {
  const found = given.map((one) => (one < 0 ? input.length + one : one - 1))
  const ascending = found.every((at, index) => at > (found[index - 1] ?? -1))
  if (!ascending || found.some((at) => at >= input.length))
    throw new LayerFault('axis is out of range or order')
  return found
}
const scaleWeights = ({ scale, center }: { scale: boolean; center: boolean }, shape: Shape) => [
  ...(scale ? [{ name: 'gamma', shape }] : []),
  ...(center ? [{ name: 'beta', shape }] : []),
]

const batchNormalization = layerKind(
  z.object({
    axis,
    epsilon: epsilon(1e-3),
    ...scaling,
    moving_mean_initializer: zeros,
    moving_variance_initializer: zeros,
  }),
  (config, inputs) => {
    const input = soleInput(inputs)
    const shape = positions([config.axis], input).map((at) => axisSize(input, at))
    return {
      outputs: [input],
      weights: [
        ...scaleWeights(config, shape),
        { name: 'moving_mean', shape },
        { name: 'moving_variance', shape },
      ],
      macs: 0,
      ...(input.length > 3 ? { engine: { className: 'VolumeNormalization', config } } : {}), // TF.js knows images at most
    }
  },
)

const layerNormalization = layerKind(
  z.object({
    axis: axes,
    epsilon: epsilon(1e-3),
    ...scaling,
    rms_scaling: only(false, 'LayerNormalization(rms_scaling=True)'),
  }),
  (config, inputs) => {
    const input = soleInput(inputs)
    const shape = positions(config.axis, input).map((at) => axisSize(input, at))
    return { outputs: [input], weights: scaleWeights(config, shape), macs: 0 }
  },
)

const rmsNormalization = layerKind(z.object({ axis: axes, epsilon: epsilon(1e-6) }), (config, inputs) => {
  const input = soleInput(inputs)
  const shape = positions(config.axis, input).map((at) => axisSize(input, at))
  return { outputs: [input], weights: [{ name: 'scale', shape }], macs: 0 }
})

const groupNormalization = layerKind(
  z.object({ groups: integer(32), axis, epsilon: epsilon(1e-3), ...scaling }),
  (config, inputs) => {
    const input = soleInput(inputs)
    const [at = 0] = positions([config.axis], input)
    if (at !== input.length - 1) throw new LayerFault('normalises groups of another axis than the last')
    const channels = axisSize(input, at)
    const groups = config.groups === -1 ? channels : config.groups
    if (groups < 1 || channels % groups !== 0)
      throw new LayerFault('its channels cannot be divided into its groups')
    return { outputs: [input], weights: scaleWeights(config, [channels]), macs: 0 }
  },
)

const unitNormalization = layerKind(z.object({ axis: axes }), (config, inputs) => {
  const input = soleInput(inputs)
  positions(config.axis, input)
  return { outputs: [input], weights: [], macs: 0 }
})

export const normalizationLayers = {
  BatchNormalization: batchNormalization,
  LayerNormalization: layerNormalization,
  RMSNormalization: rmsNormalization,
  GroupNormalization: groupNormalization,
  UnitNormalization: unitNormalization,
}
