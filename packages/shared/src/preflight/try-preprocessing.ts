import type { Predict } from '../engines/engine.ts'
import type { ImageSpec } from '../model/model-file.ts'
import type { ParsedModel } from '../model/parsed-model.ts'
import type { Preprocessing } from '../preprocessing.ts'
import { createPreprocess } from '../preprocessing-apply.ts'
import type { TrainingStatistics } from '../preprocessing-statistics.ts'
import type { TrainingSample } from './training-sample.ts'

/** What a model makes of a sample: how many images are right, and [classes, classes] counts, row = true class. */
export type Trial = { correct: number; total: number; confusionMatrix: number[] }

const batchSize = 20

/** Runs a loaded model on a sample that is preprocessed in one way. Of equal outputs the first counts, as in scoring. */
export async function tryPreprocessing(
  predict: Predict,
  model: Pick<ParsedModel, 'layout'>,
  { imageShape, classCount }: ImageSpec,
  preprocessing: Preprocessing,
  sample: TrainingSample,
  statistics: TrainingStatistics | null,
): Promise<Trial> {
  const imageSize = imageShape.reduce((product, size) => product * size, 1)
  const preprocess = createPreprocess(preprocessing, { imageShape }, model.layout, statistics)
  const total = sample.labels.length
  const confusionMatrix = new Array<number>(classCount * classCount).fill(0)
  let correct = 0
  for (let first = 0; first < total; first += batchSize) {
    const labels = sample.labels.subarray(first, first + batchSize)
    const input = new Float32Array(labels.length * imageSize)
    preprocess(sample.images.subarray(first * imageSize), labels.length, input)
    const outputs = await predict(input, labels.length)
    for (const [index, label] of labels.entries()) {
      const row = outputs.subarray(index * classCount, (index + 1) * classCount)
      const predicted = row.indexOf(Math.max(...row))
      // Without a largest output (a NaN among them) nothing is predicted.
      if (predicted === -1) continue
      const cell = label * classCount + predicted
      confusionMatrix[cell] = (confusionMatrix[cell] ?? 0) + 1
      if (predicted === label) correct++
    }
  }
  return { correct, total, confusionMatrix }
}
