import { TaikaiError } from '../errors.ts'
import type { Binding } from './bind-weights.ts'
import type { LayerRecord } from './graph-totals.ts'
import type { Shape } from './layers/layer-kind.ts'

export type WeightValues = { shape: Shape; data: Float32Array }

/** Reads the values of every layer that has weights, whose shapes have been checked. Throws WEIGHTS_NOT_FINITE (`weight`). */
export function readValues(
  layers: readonly LayerRecord[],
  binding: Binding,
): ReadonlyMap<LayerRecord, WeightValues[]> {
  const read = new Map<LayerRecord, WeightValues[]>()
  for (const layer of layers) {
    if (layer.weights.length === 0) continue
    const stored = binding.get(layer) ?? []
    const values = stored.map((one) => {
      const data = one.read()
      if (!data.every(Number.isFinite))
        throw new TaikaiError('WEIGHTS_NOT_FINITE', { weight: `${layer.name}: ${one.name}`.slice(0, 100) })
      return { shape: one.shape, data }
    })
    read.set(layer, values)
  }
  return read
}
