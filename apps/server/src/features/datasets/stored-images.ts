import { createHash } from 'node:crypto'
import { open } from 'node:fs/promises'
import type { Dataset } from '../../generated/prisma/client.ts'
import type { BlobStore } from '../../platform/blob-store.ts'
import { firstByOrder, imagesByClass } from './split.ts'

/** The images of one part of a dataset as they are stored. */
export type StoredPart = {
  imagesBlob: string
  labelsBlob: string
  imageShape: readonly [height: number, width: number, channels: number]
  classCount: number
}

export function hiddenPart(dataset: Dataset): StoredPart {
  return storedPart(dataset, dataset.hiddenImagesBlob, dataset.hiddenLabelsBlob)
}

/** Null without training images. */
export function trainingPart(dataset: Dataset): StoredPart | null {
  const { trainImagesBlob, trainLabelsBlob } = dataset
  if (trainImagesBlob === null || trainLabelsBlob === null) return null
  return storedPart(dataset, trainImagesBlob, trainLabelsBlob)
}

function storedPart(dataset: Dataset, imagesBlob: string, labelsBlob: string): StoredPart {
  const { imageHeight, imageWidth, imageChannels, classNames } = dataset
  return {
    imagesBlob,
    labelsBlob,
    imageShape: [imageHeight, imageWidth, imageChannels],
    classCount: classNames.length,
  }
}

/** How many images each class has. */
export async function classCounts(blobs: BlobStore, part: StoredPart): Promise<number[]> {
  const labels = await blobs.readBytes(part.labelsBlob)
  return imagesByClass(labels, part.classCount).map(({ length }) => length)
}

/** Up to `perClass` images of each class, as indices: always the same ones, chosen without regard to where they lie. */
export async function examples(blobs: BlobStore, part: StoredPart, perClass: number): Promise<number[][]> {
  const labels = await blobs.readBytes(part.labelsBlob)
  const orderOf = (image: number) => createHash('sha256').update(`${part.imagesBlob} ${image}`).digest('hex')
  return imagesByClass(labels, part.classCount).map((images) => firstByOrder(images, perClass, orderOf))
}

/** The pixels of some images, [images, height, width, channels]: reads these, not the whole blob. */
export async function readImages(
  blobs: BlobStore,
  part: StoredPart,
  images: readonly number[],
): Promise<Uint8Array> {
  const imageBytes = part.imageShape.reduce((product, size) => product * size, 1)
  const pixels = new Uint8Array(images.length * imageBytes)
  const file = await open(await blobs.localFile(part.imagesBlob), 'r')
  try {
    for (const [at, image] of images.entries()) {
      const { bytesRead } = await file.read(pixels, at * imageBytes, imageBytes, image * imageBytes)
      if (bytesRead !== imageBytes) throw new Error(`blob ${part.imagesBlob} ends before image ${image}`)
    }
  } finally {
    await file.close()
  }
  return pixels
}
