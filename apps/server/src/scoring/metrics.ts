import type { Inspection } from '@taikai/shared/model/inspection'

/** What one run reached on one split; the columns of the table Score. */
export type SplitScore = {
  correct: number
  total: number
  top5Correct: number
  /** Mean over images, natural logarithm, probabilities clipped to at least 1e-7; 0 for an empty split. */
  crossEntropy: number
  /** Mean over images of ½ Σ over classes (T − O)²; 0 for an empty split. */
  squaredError: number
  perClassCorrect: number[]
  perClassTotal: number[]
  /** Row-major [true class, predicted class]. */
  confusionMatrix: number[]
}

type ReadAs = 'probabilities' | 'logits' | 'sigmoids'

/**
 * Scores one split in float64. `outputs`: [images, classes] packed, as stored; `labels`: one class index per image; `include`
 * says which images belong to the split. Equal outputs go to the lowest class index.
 */
export function computeScore(input: {
  outputs: Float32Array
  outputKind: Inspection['outputKind']
  labels: Uint8Array
  classCount: number
  include(imageIndex: number): boolean
}): SplitScore {
  const { outputs, labels, classCount, include } = input
  const readAs = readOutputsAs(input)
  const perClassCorrect = new Array<number>(classCount).fill(0)
  const perClassTotal = new Array<number>(classCount).fill(0)
  const confusionMatrix = new Array<number>(classCount * classCount).fill(0)
  const add = (counts: number[], at: number) => {
    counts[at] = (counts[at] ?? 0) + 1
  }
  let total = 0
  let top5Correct = 0
  let crossEntropy = 0
  let squaredError = 0
  for (let image = 0; image < labels.length; image++) {
    if (!include(image)) continue
    const truth = labels[image] ?? 0
    const row = outputs.subarray(image * classCount, (image + 1) * classCount)
    const predicted = argmax(row)
    total++
    add(perClassTotal, truth)
    add(confusionMatrix, truth * classCount + predicted)
    if (predicted === truth) add(perClassCorrect, truth)
    if (placeOf(row, truth) < 5) top5Correct++
    const { values, probabilities } = interpret(row, readAs)
    crossEntropy -= Math.log(Math.max(probabilities[truth] ?? 0, 1e-7))
    squaredError += halfSquaredError(values, truth)
  }
  return {
    correct: perClassCorrect.reduce((sum, count) => sum + count, 0),
    total,
    top5Correct,
    crossEntropy: total === 0 ? 0 : crossEntropy / total,
    squaredError: total === 0 ? 0 : squaredError / total,
    perClassCorrect,
    perClassTotal,
    confusionMatrix,
  }
}

/** Index of the largest value; of equal ones the lowest. */
function argmax(row: Float32Array): number {
  let best = 0
  for (let at = 1; at < row.length; at++) if ((row[at] ?? 0) > (row[best] ?? 0)) best = at
  return best
}

/** How many classes come before `truth` when sorted by output, equal ones by index. */
function placeOf(row: Float32Array, truth: number): number {
  const own = row[truth] ?? 0
  let before = 0
  for (let at = 0; at < row.length; at++) {
    const value = row[at] ?? 0
    if (value > own || (value === own && at < truth)) before++
  }
  return before
}

/** Keras' rule: what the topology says, else whether all rows sum to 1. All images decide, so that both splits agree. */
function readOutputsAs({ outputs, outputKind, classCount }: Parameters<typeof computeScore>[0]): ReadAs {
  if (outputKind !== 'unknown') return outputKind
  for (let at = 0; at < outputs.length; at += classCount) {
    const row = outputs.subarray(at, at + classCount)
    const sum = row.reduce((total, value) => total + value, 0)
    if (Math.abs(sum - 1) > 1e-3 || row.some((value) => value < 0)) return 'logits'
  }
  return 'probabilities'
}

/** `values` enter the squared error, `probabilities` the cross-entropy. */
function interpret(row: Float32Array, readAs: ReadAs): { values: Float64Array; probabilities: Float64Array } {
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

function halfSquaredError(values: Float64Array, truth: number): number {
  return values.reduce((sum, value, at) => sum + ((at === truth ? 1 : 0) - value) ** 2, 0) / 2
}
