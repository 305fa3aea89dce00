import { activationLayers } from './activations.ts'
import { attentionLayers } from './attention.ts'
import { convolutionLayers } from './convolution.ts'
import { coreLayers } from './core.ts'
import { identityLayers } from './identity.ts'
import { imagePreprocessingLayers } from './image-preprocessing.ts'
import type { LayerKind } from './layer-kind.ts'
import { mergeLayers } from './merge.ts'
import { normalizationLayers } from './normalization.ts'
import { poolingLayers } from './pooling.ts'
import { recurrentLayers } from './recurrent.ts'
import { reshapingLayers } from './reshaping.ts'
import { transposedConvolutionLayers } from './transposed-convolution.ts'
import { wrapperLayers } from './wrappers.ts'

const plain: ReadonlyMap<string, LayerKind> = new Map<string, LayerKind>([
  ...Object.entries(activationLayers),
  ...Object.entries(attentionLayers),
  ...Object.entries(convolutionLayers),
  ...Object.entries(coreLayers),
  ...Object.entries(identityLayers),
  ...Object.entries(imagePreprocessingLayers),
  ...Object.entries(mergeLayers),
  ...Object.entries(normalizationLayers),
  ...Object.entries(poolingLayers),
  ...Object.entries(recurrentLayers),
  ...Object.entries(reshapingLayers),
  ...Object.entries(transposedConvolutionLayers),
])

/** Every layer class that can be scored, by its Keras class name. A map, so that `constructor` is no class. */
export const layerKinds: ReadonlyMap<string, LayerKind> = new Map([
  ...plain,
  ...Object.entries(wrapperLayers(plain)),
])
