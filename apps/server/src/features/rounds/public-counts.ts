import type { BlobStore } from '../../platform/blob-store.ts'
import { stratifiedSplit } from '../datasets/split.ts'
import type { RoundRow } from './rounds.repository.ts'

/** How many hidden images of a round are public. */
export type PublicCounts = (round: RoundRow) => Promise<number>

/**
 * Counts a round's public images from the hidden labels, which stay here: only the number leaves. A dataset version and a seed
 * never change, so a count is kept for good.
 */
export function createPublicCounts(blobs: BlobStore): PublicCounts {
  const counts = new Map<string, Promise<number>>()

  async function count({ dataset, publicPercent, splitSeed }: RoundRow): Promise<number> {
    const labels = await blobs.readBytes(dataset.hiddenLabelsBlob)
    return stratifiedSplit(labels, dataset.classNames.length, publicPercent, splitSeed).publicCount
  }

  return (round) => {
    const key = `${round.datasetId} ${round.publicPercent} ${round.splitSeed}`
    const known = counts.get(key)
    if (known !== undefined) return known
    const counting = count(round)
    counts.set(key, counting)
    // A blob that could not be read now may be readable later.
    counting.catch(() => counts.delete(key))
    return counting
  }
}
