import { z } from 'zod'
import { axisSize, flag, LayerFault, type LayerKind, layerKind, soleInput, zeros } from './layer-kind.ts'

/** Axis with the batch dimension counted, as Keras writes it; TF.js and old Keras write `[3]` as well. */
const axis = z
  .union([z.number().int(), z.tuple([z.number().int()]).transform(([only]) => only)])
  .nullish()
  .transform((value) => value ?? -1)
const epsilon = z
  .number()
  .min(0)
  .nullish()
  .transform((value) => value ?? 1e-3)

const batchNormalization = layerKind(
  z.object({
    axis,
    epsilon,
    center: flag(true),
    scale: flag(true),
    beta_initializer: zeros,
    gamma_initializer: zeros,
    moving_mean_initializer: zeros,
    moving_variance_initializer: zeros,
  }),
  (config, inputs) => {
    const input = soleInput(inputs)
    if (config.axis === 0) throw new LayerFault('cannot normalise over the batch')
    const shape = [axisSize(input, config.axis < 0 ? config.axis : config.axis - 1)]
    return {
      outputs: [input],
      weights: [
        ...(config.scale ? [{ name: 'gamma', shape }] : []),
        ...(config.center ? [{ name: 'beta', shape }] : []),
        { name: 'moving_mean', shape },
        { name: 'moving_variance', shape },
      ],
      macs: 0,
    }
  },
)

const layerNormalization = layerKind(
  z.object({
    axis: z.union([axis, z.array(z.number().int()).min(1).max(8)]),
    epsilon,
    center: flag(true),
    scale: flag(true),
    beta_initializer: zeros,
    gamma_initializer: zeros,
  }),
  (config, inputs) => {
    const input = soleInput(inputs)
    const axes = typeof config.axis === 'number' ? [config.axis] : config.axis
    const shape = axes.map((one) => axisSize(input, one < 0 ? one : one - 1))
    return {
      outputs: [input],
      weights: [
        ...(config.scale ? [{ name: 'gamma', shape }] : []),
        ...(config.center ? [{ name: 'beta', shape }] : []),
      ],
      macs: 0,
    }
  },
)

export const normalizationLayers: Readonly<Record<string, LayerKind>> = {
  BatchNormalization: batchNormalization,
  LayerNormalization: layerNormalization,
}
