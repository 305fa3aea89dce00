import { poolingLayers } from '@taikai/shared/model/layers/pooling'
import { max, mean } from '@tensorflow/tfjs-core'
import { registerLayer, soleTensor } from './register-layer.ts'

/** All places between batch and channels. */
const places = (rank: number) => Array.from({ length: rank - 2 }, (_, index) => index + 1)

/** Global pooling with `keepdims`, which TF.js would leave out without a word, and over three axes. */
export function registerPooling(): void {
  for (const className of ['GlobalMaxPooling1D', 'GlobalMaxPooling2D', 'GlobalMaxPooling3D'] as const)
    registerLayer(className, poolingLayers[className], ({ keepdims }, inputs) => {
      const x = soleTensor(inputs)
      return max(x, places(x.rank), keepdims)
    })
  for (const className of [
    'GlobalAveragePooling1D',
    'GlobalAveragePooling2D',
    'GlobalAveragePooling3D',
  ] as const)
    registerLayer(className, poolingLayers[className], ({ keepdims }, inputs) => {
      const x = soleTensor(inputs)
      return mean(x, places(x.rank), keepdims)
    })
}
