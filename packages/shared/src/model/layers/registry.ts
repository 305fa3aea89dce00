import { convolutionLayers } from './convolution.ts'
import { coreLayers } from './core.ts'
import type { LayerKind } from './layer-kind.ts'
import { mergeLayers } from './merge.ts'
import { normalizationLayers } from './normalization.ts'
import { poolingLayers } from './pooling.ts'
import { recurrentLayers } from './recurrent.ts'
import { reshapingLayers } from './reshaping.ts'
import { wrapperLayers } from './wrappers.ts'

const plain: ReadonlyMap<string, LayerKind> = new Map([
  ...Object.entries(coreLayers),
  ...Object.entries(reshapingLayers),
  ...Object.entries(convolutionLayers),
  ...Object.entries(poolingLayers),
  ...Object.entries(normalizationLayers),
  ...Object.entries(mergeLayers),
  ...Object.entries(recurrentLayers),
])

/** Every layer class that can be scored, by its Keras class name. A map, so that `constructor` is no class. */
export const layerKinds: ReadonlyMap<string, LayerKind> = new Map([
  ...plain,
  ...Object.entries(wrapperLayers(plain)),
])
