import { activationLayers as kinds } from '@taikai/shared/model/layers/activations'
import { activationLayers } from './activations.ts'
import { registerLayer, soleTensor } from './register-layer.ts'

const names = ['ReLU', 'LeakyReLU', 'ELU', 'ThresholdedReLU', 'Softmax', 'Step', 'SigmoidWithGain'] as const

/** The same functions as layers of their own; TF.js' own leave out some settings without a word. */
export function registerActivationLayers(): void {
  for (const name of names)
    registerLayer(
      name,
      kinds[name],
      (settings, inputs) => activationLayers[name](settings, soleTensor(inputs)),
      {
        passesMask: true,
      },
    )
}
