import { registerActivationLayers } from './activation-layers.ts'
import { registerActivations } from './activations.ts'
import { registerAttention } from './attention.ts'
import { registerCategoryEncoding } from './category-encoding.ts'
import { registerConvolution } from './convolution.ts'
import { registerGru } from './gru.ts'
import { registerImagePreprocessing } from './image-preprocessing.ts'
import { registerMerging } from './merging.ts'
import { registerNormalization } from './normalization.ts'
import { registerPooling } from './pooling.ts'
import { registerReshaping } from './reshaping.ts'
import { registerTransposedConvolution } from './transposed-convolution.ts'

let done = false

/** Makes TF.js know every layer that a layer kind describes and that it lacks or computes otherwise than Keras. */
export function registerLayers(): void {
  if (done) return
  registerActivations()
  registerActivationLayers()
  registerAttention()
  registerCategoryEncoding()
  registerConvolution()
  registerGru()
  registerImagePreprocessing()
  registerMerging()
  registerNormalization()
  registerPooling()
  registerReshaping()
  registerTransposedConvolution()
  done = true
}
