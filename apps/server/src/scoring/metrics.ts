import type { Inspection } from '@taikai/shared/model/inspection'
import type { CalibrationBin } from '@taikai/shared/wire/submission'
import { calibrate } from './calibration.ts'
import { interpret, readOutputsAs } from './interpret-outputs.ts'
import { packBits } from './pack-bits.ts'

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
  /** Mean over all classes of F1, 0 for a class that is neither there nor predicted. */
  macroF1: number
  /** Expected calibration error, 0..1, and its 15 bins from the least confident up. */
  calibrationError: number
  calibrationBins: CalibrationBin[]
  /** Sample standard deviations over images; 0 for fewer than two. */
  crossEntropySd: number
  squaredErrorSd: number
  /** Whether each image of the split, in the dataset's order, is right with the first answer, and with the first five: `packBits`. */
  correctBits: Uint8Array<ArrayBuffer>
  top5Bits: Uint8Array<ArrayBuffer>
}

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
  const readAs = readOutputsAs(outputs, input.outputKind, classCount)
  const confusionMatrix = new Array<number>(classCount * classCount).fill(0)
  const hits: boolean[] = []
  const top5Hits: boolean[] = []
  const confidences: number[] = []
  const crossEntropies: number[] = []
  const squaredErrors: number[] = []
  for (let image = 0; image < labels.length; image++) {
    if (!include(image)) continue
    const truth = labels[image] ?? 0
    const row = outputs.subarray(image * classCount, (image + 1) * classCount)
    const predicted = argmax(row)
    const cell = truth * classCount + predicted
    confusionMatrix[cell] = (confusionMatrix[cell] ?? 0) + 1
    hits.push(predicted === truth)
    top5Hits.push(placeOf(row, truth) < 5)
    const { values, probabilities } = interpret(row, readAs)
    confidences.push(probabilities[predicted] ?? 0)
    crossEntropies.push(-Math.log(Math.max(probabilities[truth] ?? 0, 1e-7)))
    squaredErrors.push(halfSquaredError(values, truth))
  }
  const crossEntropy = meanAndDeviation(crossEntropies)
  const squaredError = meanAndDeviation(squaredErrors)
  return {
    correct: hits.filter(Boolean).length,
    total: hits.length,
    top5Correct: top5Hits.filter(Boolean).length,
    crossEntropy: crossEntropy.mean,
    squaredError: squaredError.mean,
    ...readPerClass(confusionMatrix, classCount),
    confusionMatrix,
    ...calibrate(confidences, hits),
    crossEntropySd: crossEntropy.deviation,
    squaredErrorSd: squaredError.deviation,
    correctBits: packBits(hits),
    top5Bits: packBits(top5Hits),
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

function halfSquaredError(values: Float64Array, truth: number): number {
  return values.reduce((sum, value, at) => sum + ((at === truth ? 1 : 0) - value) ** 2, 0) / 2
}

/**
 * What the matrix says of each class, and macro-F1. F1 of a class is the harmonic mean of precision and recall:
 * 2 × images recognised / (images of the class + images taken for it).
 */
function readPerClass(
  confusionMatrix: readonly number[],
  classCount: number,
): Pick<SplitScore, 'perClassCorrect' | 'perClassTotal' | 'macroF1'> {
  const classes = Array.from({ length: classCount }, (_, index) => index)
  const count = (truth: number, predicted: number) => confusionMatrix[truth * classCount + predicted] ?? 0
  const sumOver = (of: (index: number) => number) => classes.reduce((sum, index) => sum + of(index), 0)
  const perClassCorrect = classes.map((index) => count(index, index))
  const perClassTotal = classes.map((truth) => sumOver((predicted) => count(truth, predicted)))
  const f1 = (index: number) => {
    const thereOrPredicted = (perClassTotal[index] ?? 0) + sumOver((truth) => count(truth, index))
    return thereOrPredicted === 0 ? 0 : (2 * count(index, index)) / thereOrPredicted
  }
  return { perClassCorrect, perClassTotal, macroF1: sumOver(f1) / classCount }
}

/** Mean and sample standard deviation (divisor n − 1); 0 where there are too few values for it. */
function meanAndDeviation(values: readonly number[]): { mean: number; deviation: number } {
  const n = values.length
  const mean = n === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / n
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  return { mean, deviation: n < 2 ? 0 : Math.sqrt(squares / (n - 1)) }
}
