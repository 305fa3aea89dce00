import type { DescribedLayer } from './layers/layer-kind.ts'

/** What a tensor's values are, as far as the topology says. */
export type OutputKind = 'probabilities' | 'logits' | 'sigmoids' | 'unknown'

/** Values between 0 and 1, each for itself. */
const sigmoids = new Set([
  'sigmoid',
  'hard_sigmoid',
  'hard_sigmoid_relu6',
  'sparse_sigmoid',
  'SigmoidWithGain',
  'step',
  'Step',
])

/** Told from the last activation; unknown where a layer without one mixes values (pooling, merging, attention). */
export function outputKindOf({ activation, passesOn }: DescribedLayer, before: OutputKind): OutputKind {
  if (passesOn === true) return before
  if (activation === null) return 'unknown'
  if (activation === 'softmax') return 'probabilities'
  return sigmoids.has(activation) ? 'sigmoids' : 'logits'
}
