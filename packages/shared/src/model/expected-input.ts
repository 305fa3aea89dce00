import type { LayerRecord } from './graph-totals.ts'
import type { Inspection } from './inspection.ts'
import { sizeOf } from './layers/layer-kind.ts'
import type { WeightValues } from './read-values.ts'

/**
 * What the first layers tell of the values that a model was trained on: a Rescaling that stands before all weights, or a
 * normalisation that is the first layer with weights, whose mean is that of its training images. Null when they tell nothing.
 */
export function expectedInput(
  layers: readonly LayerRecord[],
  values: ReadonlyMap<LayerRecord, readonly WeightValues[]>,
): NonNullable<Inspection['expects']> | null {
  for (const layer of layers) {
    if (layer.className === 'Rescaling' && typeof layer.config.scale === 'number')
      return { kind: 'rescaling', layer: layer.name, scale: layer.config.scale }
    const at = layer.weights.findIndex(({ name }) => name === 'moving_mean' || name === 'mean')
    const mean = values.get(layer)?.[at]
    if (mean !== undefined) {
      const sum = mean.data.reduce((total, value) => total + value, 0)
      return { kind: 'normalization', layer: layer.name, mean: sum / Math.max(sizeOf(mean.shape), 1) }
    }
    if (layer.weights.length > 0) return null
  }
  return null
}
