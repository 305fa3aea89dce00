import { activationTranslators } from './activation-layers.ts'
import { attentionTranslators } from './attention.ts'
import { convolutionTranslators } from './convolution.ts'
import { coreTranslators } from './core.ts'
import { imagePreprocessingTranslators } from './image-preprocessing.ts'
import { mergeTranslators } from './merging.ts'
import { normalizationTranslators } from './normalization.ts'
import { poolingTranslators } from './pooling.ts'
import { recurrentTranslators } from './recurrent.ts'
import { reshapingTranslators } from './reshaping.ts'
import type { Translate } from './translator.ts'
import { transposedConvolutionTranslators } from './transposed-convolution.ts'
import { Untranslatable, untranslatableLayers } from './untranslatable.ts'
import { type TranslateLayer, wrapperTranslators } from './wrappers.ts'

/** Translates one call of a layer by the class that engines build. Throws Untranslatable. */
export const translateLayer: TranslateLayer = (className, call) => {
  const { graph, config, inputs, weights } = call
  const listed = untranslatableLayers.find(
    ({ layer, when }) => layer === className && (when === undefined || when(config)),
  )
  const translate = translators.get(className)
  if (listed !== undefined || translate === undefined)
    throw new Untranslatable(className, listed?.reason ?? 'it has no translation')
  return translate({ graph, config, inputs, weights })
}

/** Every translation by its class; classes of layers that are not here are in `untranslatableLayers`. */
export const translators: ReadonlyMap<string, Translate> = new Map([
  ...Object.entries(activationTranslators),
  ...Object.entries(attentionTranslators),
  ...Object.entries(convolutionTranslators),
  ...Object.entries(coreTranslators),
  ...Object.entries(imagePreprocessingTranslators),
  ...Object.entries(mergeTranslators),
  ...Object.entries(normalizationTranslators),
  ...Object.entries(poolingTranslators),
  ...Object.entries(recurrentTranslators),
  ...Object.entries(reshapingTranslators),
  ...Object.entries(transposedConvolutionTranslators),
  ...Object.entries(wrapperTranslators(translateLayer)),
])
