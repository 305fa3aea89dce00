import { z } from 'zod'
import type { LayerRecord } from './graph-totals.ts'
import type { Inspection } from './inspection.ts'
import type { WeightValues } from './read-values.ts'

const numbers = z.array(z.number()).min(1)

/**
 * What the first layers tell of the values that a model was trained on: a Rescaling that stands before all weights, or a
 * normalisation that is the first layer with weights, whose mean is that of its training images. Null when they tell nothing.
 */
export function expectedInput(
  layers: readonly LayerRecord[],
  values: ReadonlyMap<LayerRecord, readonly WeightValues[]>,
): NonNullable<Inspection['expects']> | null {
  for (const layer of layers) {
    const scale = numbers.safeParse(layer.config.scale)
    if (layer.className === 'Rescaling' && scale.success)
      return { kind: 'rescaling', layer: layer.name, scale: meanOf(scale.data) }
    const at = layer.weights.findIndex(({ name }) => name === 'moving_mean' || name === 'mean')
    const mean = values.get(layer)?.[at]?.data
    if (mean !== undefined) return { kind: 'normalization', layer: layer.name, mean: meanOf(mean) }
    if (layer.weights.length > 0) return null
  }
  return null
}

const meanOf = (values: readonly number[] | Float32Array): number => {
  let sum = 0
  for (const value of values) sum += value
  return sum / values.length
}
