import { mul, neg, relu, sub } from '@tensorflow/tfjs-core'
import { activationLayers as kinds } from '../../model/layers/activations.ts'
import { activationLayers } from './activations.ts'
import { registerLayer, soleTensor, weightOf } from './register-layer.ts'

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
  // TF.js' wasm kernel takes the slope for one per channel, whichever axes share it.
  registerLayer(
    'PReLU',
    kinds.PReLU,
    (_settings, inputs, weights) => {
      const x = soleTensor(inputs)
      return sub(relu(x), mul(weightOf(weights, 'alpha'), relu(neg(x))))
    },
    { passesMask: true },
  )
}
