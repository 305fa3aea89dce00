import { z } from 'zod'
import { activation, activationSchemas } from './activation.ts'
import { count, LayerFault, layerKind, type Shape, soleInput, zeros } from './layer-kind.ts'

const elementwise = (_config: unknown, inputs: readonly Shape[]) => ({
  outputs: [soleInput(inputs)],
  weights: [],
  macs: 0,
})

const prelu = layerKind(
  z.object({
    shared_axes: z
      .union([count, z.array(count).max(8)])
      .nullish()
      .transform((axes) => (typeof axes === 'number' ? [axes] : (axes ?? null))),
    alpha_initializer: zeros,
  }),
  ({ shared_axes }, inputs) => {
    const input = soleInput(inputs)
    if (shared_axes?.some((axis) => axis > input.length)) throw new LayerFault('shared_axes is out of range')
    const alpha = input.map((size, index) => (shared_axes?.includes(index + 1) ? 1 : size))
    return { outputs: [input], weights: [{ name: 'alpha', shape: alpha }], macs: 0 }
  },
)

/** Layers that apply one function to every value (Softmax: along one axis). */
export const activationLayers = {
  Activation: layerKind(z.object({ activation: activation() }), ({ activation: setting }, inputs) => ({
    ...elementwise(setting, inputs),
    passesOn: setting === 'linear',
  })),
  ReLU: layerKind(activationSchemas.ReLU, elementwise),
  LeakyReLU: layerKind(activationSchemas.LeakyReLU, elementwise),
  ELU: layerKind(activationSchemas.ELU, elementwise),
  ThresholdedReLU: layerKind(activationSchemas.ThresholdedReLU, elementwise),
  Softmax: layerKind(activationSchemas.Softmax, ({ axis }, inputs) => {
    const rank = soleInput(inputs).length + 1
    if (axis === 0 || axis >= rank || axis < 1 - rank) throw new LayerFault('axis is out of range')
    return { ...elementwise(axis, inputs), activation: 'softmax' }
  }),
  Step: layerKind(activationSchemas.Step, elementwise),
  SigmoidWithGain: layerKind(activationSchemas.SigmoidWithGain, (config, inputs) => ({
    ...elementwise(config, inputs),
    activation: 'sigmoid',
  })),
  PReLU: prelu,
}
