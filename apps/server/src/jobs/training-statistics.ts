import { type TrainingStatistics, trainingStatistics } from '@taikai/shared/preprocessing-statistics'
import type { BlobStore } from '../platform/blob-store.ts'

type TrainingImages = { trainImagesBlob: string; imageShape: readonly [number, number, number] }

/** A worker scores one or two rounds at a time. */
const keptAtMost = 4

export type ReadTrainingStatistics = (images: TrainingImages) => Promise<TrainingStatistics>

/** Reads and computes the statistics of each data set once: its blob never changes, and holds a hundred megabytes and more. */
export function createTrainingStatistics(blobs: BlobStore): ReadTrainingStatistics {
  const kept = new Map<string, Promise<TrainingStatistics>>()
  return async ({ trainImagesBlob, imageShape }) => {
    const key = `${trainImagesBlob} ${imageShape.join('×')}`
    const known = kept.get(key)
    if (known !== undefined) return known
    const computing = blobs.readBytes(trainImagesBlob).then((bytes) => trainingStatistics(bytes, imageShape))
    kept.set(key, computing)
    const [oldest] = kept.keys()
    if (kept.size > keptAtMost && oldest !== undefined) kept.delete(oldest)
    try {
      return await computing
    } catch (error) {
      kept.delete(key)
      throw error
    }
  }
}
