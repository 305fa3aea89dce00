import { TaikaiError } from '../errors.ts'
import { type DescribedLayer, type Shape, sizeOf, type WeightShape } from './layers/layer-kind.ts'
import { modelLimits } from './limits.ts'

/** One layer of the file, nested models flattened, in the order in which layers run. */
export type LayerRecord = {
  name: string
  className: string
  outputShape: Shape
  activation: string | null
  /** Classes of the layers within a wrapper. */
  wraps: readonly string[]
  weights: readonly WeightShape[]
  /** A frozen layer's weights stand among the non-trainable ones. */
  trainable: boolean
  /** The clean configuration: only what inference needs. */
  config: Record<string, unknown>
  /** Where the layer stands in the file: its clean name in each nested model. */
  path: readonly string[]
  /** Where the engine finds it: `path`, and on within what was put around it. */
  enginePath: readonly string[]
}

/** Sums over all (nested) layers; the limits are kept while a model is read, never after. */
export type GraphTotals = {
  layers: LayerRecord[]
  parameters: number
  macs: number
  /** Values between layers, for one image. */
  activations: number
  /** Calls of layers: one that is shared counts every time. */
  calls: number
  /** For each layer's place in the file, the places whose outputs any of its calls takes; the image's is empty. */
  sources: Map<string, Set<string>>
}

export const emptyTotals = (): GraphTotals => ({
  layers: [],
  parameters: 0,
  macs: 0,
  activations: 0,
  calls: 0,
  sources: new Map(),
})

export const parametersOf = (weights: readonly WeightShape[]) =>
  weights.reduce((sum, { shape }) => sum + sizeOf(shape), 0)

export function countCall(totals: GraphTotals): void {
  if (++totals.calls > modelLimits.layers) throw new TaikaiError('MODEL_TOO_LARGE', { what: 'layers' })
}

/** Adds one call of a layer. A shared layer's weights count at its first call, its work at each. Throws MODEL_TOO_LARGE. */
export function addCall(totals: GraphTotals, described: DescribedLayer, firstCall: boolean): void {
  totals.macs += described.macs
  if ((described.working ?? 0) > modelLimits.activation)
    throw new TaikaiError('MODEL_TOO_LARGE', { what: 'activations' })
  if (firstCall) totals.parameters += parametersOf(described.weights)
  for (const shape of described.outputs) {
    const size = sizeOf(shape)
    totals.activations += size
    if (size > modelLimits.activation || shape.length >= modelLimits.rank)
      throw new TaikaiError('MODEL_TOO_LARGE', { what: 'activations' })
  }
  if (totals.activations > modelLimits.activationsTotal)
    throw new TaikaiError('MODEL_TOO_LARGE', { what: 'activations' })
  if (totals.parameters > modelLimits.parameters)
    throw new TaikaiError('MODEL_TOO_LARGE', { what: 'parameters' })
  if (totals.macs > modelLimits.macs) throw new TaikaiError('MODEL_TOO_LARGE', { what: 'macs' })
}
