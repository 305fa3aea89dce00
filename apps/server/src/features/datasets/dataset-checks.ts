import { createHash } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import { TaikaiError } from '@taikai/shared/errors'
import type { ImportNote } from '@taikai/shared/wire/dataset'
import type { LabelledImages } from './formats/labelled-images.ts'

/** Beyond this ratio of the largest to the smallest class, the instructor is told. */
const imbalanceRatio = 2
/** Other requests are served between batches of so many images. */
const hashBatch = 2000

/**
 * Throws DATASET_TOO_SMALL where a class has a single hidden image, which could not be on both sides of a split.
 * Classes without images and very uneven ones are only noted.
 */
export function checkClassBalance(labels: Uint8Array, classNames: readonly string[]): ImportNote[] {
  const counts = classNames.map((className) => ({ className, count: 0 }))
  for (const label of labels) {
    const entry = counts[label]
    if (entry === undefined) throw new TaikaiError('DATASET_LABEL_OUT_OF_RANGE')
    entry.count += 1
  }
  const present = counts.filter(({ count }) => count > 0).map(({ count }) => count)
  if (present.length === 0 || present.includes(1)) throw new TaikaiError('DATASET_TOO_SMALL')
  const notes: ImportNote[] = counts
    .filter(({ count }) => count === 0)
    .map(({ className }) => ({ kind: 'CLASS_EMPTY', className }))
  const [smallest, largest] = [Math.min(...present), Math.max(...present)]
  if (largest > smallest * imbalanceRatio) notes.push({ kind: 'CLASS_IMBALANCE', smallest, largest })
  return notes
}

/** Throws DATASET_TRAINING_OVERLAP, with their number, where training images equal hidden ones, whatever their labels. */
export async function refuseOverlap(
  hidden: LabelledImages,
  train: LabelledImages,
  imageBytes: number,
): Promise<void> {
  const hiddenSums = new Set<string>()
  for await (const sum of imageSums(hidden, imageBytes)) hiddenSums.add(sum)
  let count = 0
  for await (const sum of imageSums(train, imageBytes)) if (hiddenSums.has(sum)) count += 1
  if (count > 0) throw new TaikaiError('DATASET_TRAINING_OVERLAP', { count })
}

async function* imageSums({ images, labels }: LabelledImages, imageBytes: number): AsyncIterable<string> {
  for (let image = 0; image < labels.length; image++) {
    if (image % hashBatch === 0) await setImmediate()
    const bytes = images.subarray(image * imageBytes, (image + 1) * imageBytes)
    yield createHash('sha256').update(bytes).digest('base64')
  }
}
