import { activationLayers as kinds } from '@taikai/shared/model/layers/activations'
import { activate, activationLayers } from './activations.ts'
import { soleValue, type Translate, translator, weightOf } from './translator.ts'
import { like, spreadWeight } from './value.ts'

const names = ['ReLU', 'LeakyReLU', 'ELU', 'ThresholdedReLU', 'Softmax', 'Step', 'SigmoidWithGain'] as const

/** Functions as layers of their own. */
export const activationTranslators: Readonly<Record<string, Translate>> = {
  Activation: translator(kinds.Activation, ({ graph, settings, inputs }) =>
    activate(graph, settings.activation, soleValue(inputs)),
  ),
  ...Object.fromEntries(
    names.map((name) => [
      name,
      translator<(typeof kinds)[typeof name]['schema']>(kinds[name], ({ graph, settings, inputs }) =>
        activationLayers[name](graph, settings, soleValue(inputs)),
      ),
    ]),
  ),
  PReLU: translator(kinds.PReLU, ({ graph, settings, inputs, weights }) => {
    const x = soleValue(inputs)
    const axes = x.shape.map((_, index) => index + 1).filter((axis) => !settings.shared_axes?.includes(axis))
    const slope = spreadWeight(graph, x, weightOf(weights, 'alpha'), axes)
    return like(x, graph.node('PRelu', [x.name, slope]))
  }),
}
