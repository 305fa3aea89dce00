import { hasForeignGates } from './recurrent.ts'

/** What ONNX cannot say, or not with the same result: such a model runs on wasm. */
export type UntranslatableLayer = {
  /** As the engine names it. */
  layer: string
  reason: string
  /** Tells the configurations that are meant; without it all are. */
  when?: (config: Record<string, unknown>) => boolean
}

const gates = 'a gate function that ONNX has only outside of its recurrent operators'

export const untranslatableLayers: readonly UntranslatableLayer[] = [
  { layer: 'Masking', reason: 'recurrent layers behind it leave out masked steps, each image others' },
  {
    layer: 'Embedding',
    reason: 'with mask_zero it masks steps as Masking does',
    when: ({ mask_zero }) => mask_zero === true,
  },
  { layer: 'ConvLSTM2D', reason: 'ONNX has no recurrent operator whose products are convolutions' },
  {
    layer: 'RNN',
    reason: 'only stacked cells are left under this name, whose layers take turns in each step',
  },
  ...['SimpleRNN', 'GRU', 'GRUResetAfter', 'LSTM'].map((layer) => ({
    layer,
    reason: gates,
    when: hasForeignGates,
  })),
]

/** The model has a layer that is no part of the graph's language; it runs on wasm. */
export class Untranslatable extends Error {
  constructor(layer: string, reason: string) {
    super(`${layer}: ${reason}`)
  }
}
