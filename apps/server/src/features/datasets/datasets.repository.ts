import { TaikaiError } from '@taikai/shared/errors'
import { type Dataset, Prisma } from '../../generated/prisma/client.ts'
import type { Db } from '../../platform/prisma.ts'

export type DatasetWithRounds = Dataset & { rounds: { slug: string; title: string }[] }
const withRounds = {
  rounds: { select: { slug: true, title: true }, orderBy: { createdAt: 'asc' } },
} satisfies Prisma.DatasetInclude

/** All versions of all datasets, the newest first. */
export function listDatasetRows(db: Db): Promise<DatasetWithRounds[]> {
  return db.dataset.findMany({ include: withRounds, orderBy: { createdAt: 'desc' } })
}

export function findDataset(db: Db, id: string): Promise<DatasetWithRounds | null> {
  return db.dataset.findUnique({ where: { id }, include: withRounds })
}

/** Makes imports and removals of blobs wait for each other until the transaction ends. */
export async function lockDatasets(tx: Db): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('taikai datasets'))`
}

/** Inserts the next version of that name. To be called under `lockDatasets`. */
export async function insertDataset(
  tx: Db,
  data: Omit<Prisma.DatasetUncheckedCreateInput, 'version'>,
): Promise<DatasetWithRounds> {
  const latest = await tx.dataset.aggregate({ where: { name: data.name }, _max: { version: true } })
  const version = (latest._max.version ?? 0) + 1
  return tx.dataset.create({ data: { ...data, version }, include: withRounds })
}

/** Throws DATASET_IN_USE where a round or the run of a submission refers to it. */
export async function deleteDatasetRow(tx: Db, dataset: DatasetWithRounds): Promise<void> {
  const rounds = dataset.rounds.map(({ title }) => title).join(', ')
  try {
    await tx.dataset.delete({ where: { id: dataset.id } })
  } catch (error) {
    const isReferred = error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2003'
    throw isReferred ? new TaikaiError('DATASET_IN_USE', { rounds }, { cause: error }) : error
  }
}

/** Whether some dataset's images or labels lie under this key. */
export async function isBlobInUse(db: Db, key: string): Promise<boolean> {
  const blobFields = ['hiddenImagesBlob', 'hiddenLabelsBlob', 'trainImagesBlob', 'trainLabelsBlob'] as const
  const used = await db.dataset.findFirst({
    where: { OR: blobFields.map((field) => ({ [field]: key })) },
    select: { id: true },
  })
  return used !== null
}
