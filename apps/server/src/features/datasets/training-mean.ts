import { createReadStream } from 'node:fs'
import type { BlobStore } from '../../platform/blob-store.ts'
import type { StoredPart } from './stored-images.ts'

/** The mean of a dataset's training images per value of one image (HWC order), on the 0..255 scale. */
export type TrainingMean = (part: StoredPart) => Promise<Float64Array>

/** Reads each dataset's images once, piece by piece, so that other requests are answered meanwhile; blobs never change. */
export function createTrainingMean(blobs: BlobStore): TrainingMean {
  const known = new Map<string, Promise<Float64Array>>()
  return (part) => {
    const computing = known.get(part.imagesBlob) ?? meanOf(blobs, part)
    known.set(part.imagesBlob, computing)
    // What failed is tried again by the next who asks.
    computing.catch(() => known.delete(part.imagesBlob))
    return computing
  }
}

async function meanOf(blobs: BlobStore, { imagesBlob, imageShape }: StoredPart): Promise<Float64Array> {
  const size = imageShape.reduce((product, length) => product * length, 1)
  const sums = new Float64Array(size)
  let bytes = 0
  const pieces: AsyncIterable<Buffer> = createReadStream(await blobs.localFile(imagesBlob))
  for await (const piece of pieces) {
    for (let at = 0; at < piece.length; at++) {
      const pixel = (bytes + at) % size
      sums[pixel] = (sums[pixel] ?? 0) + (piece[at] ?? 0)
    }
    bytes += piece.length
  }
  const images = bytes / size
  return sums.map((sum) => sum / images)
}
