import { cast, max, oneHot, squeeze, sum } from '@tensorflow/tfjs-core'
import { coreLayers } from '../../model/layers/core.ts'
import { registerLayer, soleTensor } from './register-layer.ts'

/** Keras' CategoryEncoding; TF.js' own refuses what its kind lets through and knows no last axis of 1. */
export function registerCategoryEncoding(): void {
  registerLayer('CategoryEncoding', coreLayers.CategoryEncoding, ({ num_tokens, output_mode }, inputs) => {
    const x = soleTensor(inputs)
    const vectors = cast(oneHot(cast(x, 'int32'), num_tokens), 'float32')
    if (output_mode === 'one_hot') return x.shape.at(-1) === 1 ? squeeze(vectors, [-2]) : vectors
    return output_mode === 'count' ? sum(vectors, -2) : max(vectors, -2)
  })
}
