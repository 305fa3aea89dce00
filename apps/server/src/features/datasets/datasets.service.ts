import { createHash } from 'node:crypto'
import { TaikaiError } from '@taikai/shared/errors'
import { trainingStatistics } from '@taikai/shared/preprocessing-statistics'
import type { ClassHistogram, ContactSheetQuery, Dataset } from '@taikai/shared/wire/dataset'
import type { Config } from '../../config.ts'
import type { PrismaClient } from '../../generated/prisma/client.ts'
import { type BlobStore, contentKey, contentPrefix } from '../../platform/blob-store.ts'
import { notify } from '../../platform/events.ts'
import type { Db } from '../../platform/prisma.ts'
import { type Actor, recordAudit } from '../audit/audit.repository.ts'
import { contactSheet } from './contact-sheet.ts'
import { checkClassBalance, checkEqualImages } from './dataset-checks.ts'
import { presentDataset } from './datasets.presenter.ts'
import {
  type DatasetWithRounds,
  deleteDatasetRow,
  findDataset,
  insertDataset,
  isBlobInUse,
  listDatasetRows,
  lockDatasets,
} from './datasets.repository.ts'
import type { DatasetContent } from './formats/dataset-content.ts'
import type { LabelledImages } from './formats/labelled-images.ts'
import { type DatasetSource, readDataset } from './formats/read-dataset.ts'
import { classCounts, hiddenPart, trainingPart } from './stored-images.ts'

export type DatasetDeps = { prisma: PrismaClient; blobs: BlobStore; now: () => Date }
export type ImportDeps = DatasetDeps & { config: Pick<Config, 'authSecret'> }

/** Writing some hundred megabytes to a slow disk. */
const storeTimeoutMs = 300_000

export async function listDatasets(prisma: PrismaClient): Promise<Dataset[]> {
  return (await listDatasetRows(prisma)).map(presentDataset)
}

/** Reads a dataset from files and stores it. Throws what `readDataset` and `storeDataset` throw; then nothing is stored. */
export async function importDataset(
  deps: ImportDeps,
  input: DatasetSource & { actor: Actor },
): Promise<Dataset> {
  const content = await readDataset(input, deps.config.authSecret)
  return storeDataset(deps, { name: input.name, actor: input.actor, ...content })
}

/**
 * Stores the next version of the dataset `name`: images and labels as blobs of their own under the sums of their content, then
 * its row. Throws DATASET_TOO_SMALL, DATASET_TRAINING_OVERLAP; whatever is thrown, nothing stays half stored.
 */
export async function storeDataset(
  deps: DatasetDeps,
  input: DatasetContent & { name: string; actor: Actor },
): Promise<Dataset> {
  const { name, imageShape, classNames, hidden, train } = input
  const [imageHeight, imageWidth, imageChannels] = imageShape
  const notes = [
    ...input.notes,
    ...checkClassBalance(hidden.labels, classNames),
    ...(await checkEqualImages(hidden, train, imageHeight * imageWidth * imageChannels)),
  ]
  const blobs = new Map<string, Uint8Array>()
  const keyOf = (bytes: Uint8Array): string => {
    const key = contentKey(createHash('sha256').update(bytes).digest('hex'))
    blobs.set(key, bytes)
    return key
  }
  const data = {
    name,
    imageHeight,
    imageWidth,
    imageChannels,
    classNames: [...classNames],
    hiddenCount: hidden.labels.length,
    hiddenImagesBlob: keyOf(hidden.images),
    hiddenLabelsBlob: keyOf(hidden.labels),
    ...(train !== null && trainingFields(train, imageShape, keyOf)),
    importNotes: notes,
    createdAt: deps.now(),
  }
  try {
    const row = await deps.prisma.$transaction(
      async (tx) => {
        await lockDatasets(tx)
        for (const [key, bytes] of blobs) await deps.blobs.put(key, bytes)
        const inserted = await insertDataset(tx, data)
        const { id, version, hiddenCount, trainCount } = inserted
        const after = { name, version, hiddenCount, trainCount }
        const subject = { subjectType: 'dataset', subjectId: id } as const
        await recordAudit(tx, { actor: input.actor, action: 'dataset.import', ...subject, after })
        await notify(tx, { topic: 'datasets' })
        return inserted
      },
      { timeout: storeTimeoutMs, maxWait: storeTimeoutMs },
    )
    return presentDataset(row)
  } catch (error) {
    await removeUnusedBlobs(deps, blobs.keys())
    throw error
  }
}

/** Deletes a version of a dataset that no round uses, and its images. Throws NOT_FOUND, DATASET_IN_USE. */
export async function deleteDataset(
  deps: Pick<DatasetDeps, 'prisma' | 'blobs'>,
  actor: Actor,
  id: string,
): Promise<void> {
  const { hiddenImagesBlob, hiddenLabelsBlob, trainImagesBlob, trainLabelsBlob } =
    await deps.prisma.$transaction(async (tx) => {
      const dataset = await requireDataset(tx, id)
      await deleteDatasetRow(tx, dataset)
      const { name, version } = dataset
      const subject = { subjectType: 'dataset', subjectId: id } as const
      await recordAudit(tx, { actor, action: 'dataset.delete', ...subject, before: { name, version } })
      await notify(tx, { topic: 'datasets' })
      return dataset
    })
  const keys = [hiddenImagesBlob, hiddenLabelsBlob, trainImagesBlob, trainLabelsBlob]
  await removeUnusedBlobs(
    deps,
    keys.filter((key) => key !== null),
  )
}

/** How many images of each class the parts of a dataset have. Throws NOT_FOUND. */
export async function classHistogram(
  { prisma, blobs }: Pick<DatasetDeps, 'prisma' | 'blobs'>,
  id: string,
): Promise<ClassHistogram> {
  const dataset = await requireDataset(prisma, id)
  const training = trainingPart(dataset)
  return {
    hidden: await classCounts(blobs, hiddenPart(dataset)),
    train: training === null ? null : await classCounts(blobs, training),
  }
}

/** See `contactSheet`. Throws NOT_FOUND, also for training images of a dataset that has none. */
export async function datasetContactSheet(
  { prisma, blobs }: Pick<DatasetDeps, 'prisma' | 'blobs'>,
  id: string,
  { part, perClass }: ContactSheetQuery,
): Promise<Buffer> {
  const dataset = await requireDataset(prisma, id)
  const stored = part === 'hidden' ? hiddenPart(dataset) : trainingPart(dataset)
  if (stored === null) throw new TaikaiError('NOT_FOUND')
  return contactSheet(blobs, stored, perClass)
}

async function requireDataset(db: Db, id: string): Promise<DatasetWithRounds> {
  const dataset = await findDataset(db, id)
  if (dataset === null) throw new TaikaiError('NOT_FOUND')
  return dataset
}

/** Removes what an import that was killed left in the store. Called when a server starts. */
export async function removeOrphanDatasetBlobs(deps: Pick<DatasetDeps, 'prisma' | 'blobs'>): Promise<void> {
  await removeUnusedBlobs(deps, deps.blobs.list(contentPrefix))
}

/** Removes those of these blobs that are no dataset's. */
export async function removeUnusedBlobs(
  { prisma, blobs }: Pick<DatasetDeps, 'prisma' | 'blobs'>,
  keys: Iterable<string> | AsyncIterable<string>,
): Promise<void> {
  await prisma.$transaction(
    async (tx) => {
      // An import that is going on has stored blobs whose row is not there yet.
      await lockDatasets(tx)
      for await (const key of keys) if (!(await isBlobInUse(tx, key))) await blobs.remove(key)
    },
    { timeout: storeTimeoutMs, maxWait: storeTimeoutMs },
  )
}

function trainingFields(
  train: LabelledImages,
  imageShape: DatasetContent['imageShape'],
  keyOf: (bytes: Uint8Array) => string,
) {
  const { mean, std } = trainingStatistics(train.images, imageShape)
  return {
    trainCount: train.labels.length,
    trainImagesBlob: keyOf(train.images),
    trainLabelsBlob: keyOf(train.labels),
    trainStatistics: { mean, std },
  }
}
