import { randomUUID } from 'node:crypto'
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Prisma } from '../../generated/prisma/client.ts'
import { type BlobStore, contentKey } from '../../platform/blob-store.ts'
import type { Db } from '../../platform/prisma.ts'
import type { ZipOnDisk } from '../../platform/zip-file.ts'
import { insertDataset } from '../datasets/datasets.repository.ts'
import { findEqualDataset } from './archive.repository.ts'
import { invalidArchive } from './archive-error.ts'
import { type ArchivedDataset, type DatasetBlob, places } from './archive-manifest.ts'

type Deps = { blobs: BlobStore; folder: string; onStored(key: string): void }

/**
 * The dataset here for one of the zip: the one that has the very same content, else a further version of its name. To be called under
 * `lockDatasets`. Tells every blob that it stores. Throws ROUND_ARCHIVE_INVALID where images and labels do not fit together.
 */
export async function importDataset(
  tx: Db,
  zip: ZipOnDisk,
  dataset: ArchivedDataset,
  deps: Deps,
): Promise<string> {
  const { id, createdAt: _, trainStatistics, ...fields } = dataset
  const imageBytes = dataset.imageHeight * dataset.imageWidth * dataset.imageChannels
  const images = (blob: DatasetBlob, count: number) =>
    storeImages(zip, places.dataset(id, blob), count * imageBytes, deps)
  const labels = (blob: DatasetBlob, count: number) =>
    storeLabels(zip, places.dataset(id, blob), count, dataset.classNames.length, deps)
  const hasTraining = dataset.trainCount > 0
  const content = {
    hiddenImagesBlob: await images('hiddenImagesBlob', dataset.hiddenCount),
    hiddenLabelsBlob: await labels('hiddenLabelsBlob', dataset.hiddenCount),
    trainImagesBlob: hasTraining ? await images('trainImagesBlob', dataset.trainCount) : null,
    trainLabelsBlob: hasTraining ? await labels('trainLabelsBlob', dataset.trainCount) : null,
  }
  const row = { ...fields, ...content }
  const equal = await findEqualDataset(tx, {
    ...content,
    imageHeight: dataset.imageHeight,
    imageWidth: dataset.imageWidth,
    imageChannels: dataset.imageChannels,
    classNames: dataset.classNames,
  })
  if (equal !== null) return equal.id
  const inserted = await insertDataset(tx, {
    ...row,
    ...(trainStatistics !== null && { trainStatistics: trainStatistics satisfies Prisma.InputJsonObject }),
  })
  return inserted.id
}

async function storeImages(zip: ZipOnDisk, place: string, bytes: number, deps: Deps): Promise<string> {
  return store(zip, place, bytes, deps, async () => undefined)
}

async function storeLabels(
  zip: ZipOnDisk,
  place: string,
  count: number,
  classCount: number,
  deps: Deps,
): Promise<string> {
  return store(zip, place, count, deps, async (path) => {
    const labels = await readFile(path)
    if (labels.some((label) => label >= classCount)) throw invalidArchive(`${place}: a label out of range`)
  })
}

/** Keeps a blob under the sum of its content, and gives its key. */
async function store(
  zip: ZipOnDisk,
  place: string,
  expectedBytes: number,
  { blobs, folder, onStored }: Deps,
  check: (path: string) => Promise<void>,
): Promise<string> {
  const path = join(folder, randomUUID())
  try {
    const { bytes, sha256 } = await zip.unpack(place, path)
    if (bytes !== expectedBytes) throw invalidArchive(`${place}: ${bytes} bytes instead of ${expectedBytes}`)
    await check(path)
    const key = contentKey(sha256)
    onStored(key)
    await blobs.adopt(key, path)
    return key
  } finally {
    await rm(path, { force: true })
  }
}
