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

/**
 * Throws DATASET_TRAINING_OVERLAP, with their number, where training images equal hidden ones, whatever their labels. Hidden images
 * that equal each other are only noted.
 */
export async function checkEqualImages(
  hidden: LabelledImages,
  train: LabelledImages | null,
  imageBytes: number,
): Promise<ImportNote[]> {
  const hiddenSums = new Set(await imageSums(hidden, imageBytes))
  if (train !== null) {
    const trainSums = await imageSums(train, imageBytes)
    const count = trainSums.filter((sum) => hiddenSums.has(sum)).length
    if (count > 0) throw new TaikaiError('DATASET_TRAINING_OVERLAP', { count })
  }
  const count = hidden.labels.length - hiddenSums.size
  return count === 0 ? [] : [{ kind: 'DUPLICATE_IMAGES', count }]
}

/** Those of `images` that equal none of `others`. */
export async function withoutEqualImages(
  images: LabelledImages,
  others: LabelledImages,
  imageBytes: number,
): Promise<LabelledImages> {
  const otherSums = new Set(await imageSums(others, imageBytes))
  const sums = await imageSums(images, imageBytes)
  const kept = [...sums.keys()].filter((image) => !otherSums.has(sums[image] ?? ''))
  if (kept.length === sums.length) return images
  const bytes = new Uint8Array(kept.length * imageBytes)
  for (const [at, image] of kept.entries()) {
    bytes.set(images.images.subarray(image * imageBytes, (image + 1) * imageBytes), at * imageBytes)
  }
  return { images: bytes, labels: Uint8Array.from(kept, (image) => images.labels[image] ?? 0) }
}

async function imageSums({ images, labels }: LabelledImages, imageBytes: number): Promise<string[]> {
  const sums: string[] = []
  for (let image = 0; image < labels.length; image++) {
    if (image % hashBatch === 0) await setImmediate()
    const bytes = images.subarray(image * imageBytes, (image + 1) * imageBytes)
    sums.push(createHash('sha256').update(bytes).digest('base64'))
  }
  return sums
}
