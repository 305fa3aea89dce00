import type { Inspection } from '@taikai/shared/model/inspection'

export type OutputReading = 'probabilities' | 'logits' | 'sigmoids'

/** Keras' rule: what the topology says, else whether all rows sum to 1. All images decide, so that both splits agree. `outputs`: [images, classes]. */
export function readOutputsAs(
  outputs: Float32Array,
  outputKind: Inspection['outputKind'],
  classCount: number,
): OutputReading {
  if (outputKind !== 'unknown') return outputKind
  for (let at = 0; at < outputs.length; at += classCount) {
    const row = outputs.subarray(at, at + classCount)
    const sum = row.reduce((total, value) => total + value, 0)
    if (Math.abs(sum - 1) > 1e-3 || row.some((value) => value < 0)) return 'logits'
  }
  return 'probabilities'
}

/** One image's outputs: `values` enter the squared error, `probabilities` the cross-entropy and the calibration. */
export function interpret(
  row: Float32Array,
  readAs: OutputReading,
): { values: Float64Array; probabilities: Float64Array } {
  const values = Float64Array.from(row)
  if (readAs === 'probabilities') return { values, probabilities: values }
  if (readAs === 'logits') {
    const probabilities = softmax(values)
    return { values: probabilities, probabilities }
  }
  const sum = values.reduce((total, value) => total + value, 0)
  // A row of zeros prefers no class: it counts as even odds.
  const probabilities = values.map((value) => (sum > 0 ? value / sum : 1 / values.length))
  return { values, probabilities }
}

/** Shifted by the largest logit, so that no power overflows. */
function softmax(logits: Float64Array): Float64Array {
  const largest = logits.reduce((best, value) => Math.max(best, value), Number.NEGATIVE_INFINITY)
  const powers = logits.map((value) => Math.exp(value - largest))
  const sum = powers.reduce((total, value) => total + value, 0)
  return powers.map((value) => value / sum)
}
