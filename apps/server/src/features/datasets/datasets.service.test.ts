import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createTestBackend } from '../../../test/test-backend.ts'
import { createTestDatabase, type TestDatabase } from '../../../test/test-database.ts'
import type { PrismaClient } from '../../generated/prisma/client.ts'
import type { BlobStore } from '../../platform/blob-store.ts'
import { openBlobStore } from '../../platform/open-blob-store.ts'
import { createPrisma } from '../../platform/prisma.ts'
import { importDataset, removeOrphanDatasetBlobs, storeDataset } from './datasets.service.ts'
import { cifarRecord, pickledBatch, tarGz, testFile } from './formats/test-files.ts'

const actor = { id: null, ipAddress: null }
const now = () => new Date('2026-11-23T09:00:00Z')
let database: TestDatabase
let prisma: PrismaClient
let root: string
let blobs: BlobStore

beforeAll(async () => {
  database = await createTestDatabase()
  prisma = createPrisma(database.url)
})
afterAll(async () => {
  await prisma.$disconnect()
  await database.drop()
})
beforeEach(async () => {
  await prisma.dataset.deleteMany()
  root = await mkdtemp(join(tmpdir(), 'taikai-datasets-'))
  const { s3 } = await createTestBackend()
  blobs = await openBlobStore({ s3, dataDir: root })
  return () => rm(root, { recursive: true, force: true })
})

async function storedKeys(): Promise<string[]> {
  const keys: string[] = []
  for await (const key of blobs.list('')) keys.push(key)
  return keys.sort()
}

/** Four images of 1×2 pixels in two classes, and two for training. */
const tiny = () => ({
  name: 'tiny',
  actor,
  imageShape: [1, 2, 1] as const,
  classNames: ['a', 'b'],
  hidden: { images: Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8), labels: Uint8Array.of(0, 1, 0, 1) },
  train: { images: Uint8Array.of(10, 20, 30, 40), labels: Uint8Array.of(0, 1) },
  notes: [],
})

describe('storeDataset', () => {
  it('keeps images and labels apart, with statistics of the training images only', async () => {
    const dataset = await storeDataset({ prisma, blobs, now }, tiny())
    expect(dataset).toMatchObject({
      name: 'tiny',
      version: 1,
      imageShape: [1, 2, 1],
      hiddenCount: 4,
      trainCount: 2,
      // Mean of 10, 20, 30, 40; variance (225 + 25 + 25 + 225) / 4.
      trainStatistics: { mean: [25], std: [expect.closeTo(Math.sqrt(125), 10)] },
      importNotes: [],
      createdAt: '2026-11-23T09:00:00.000Z',
      rounds: [],
    })
    const row = await prisma.dataset.findUniqueOrThrow({ where: { id: dataset.id } })
    const keys = [
      row.hiddenImagesBlob,
      row.hiddenLabelsBlob,
      row.trainImagesBlob ?? '',
      row.trainLabelsBlob ?? '',
    ]
    expect(await storedKeys()).toEqual([...keys].sort())
    expect(await blobs.readBytes(row.hiddenImagesBlob)).toEqual(tiny().hidden.images)
    expect(await blobs.readBytes(row.hiddenLabelsBlob)).toEqual(tiny().hidden.labels)
    expect(await blobs.readBytes(row.trainImagesBlob ?? '')).toEqual(tiny().train.images)
    expect(await blobs.readBytes(row.trainLabelsBlob ?? '')).toEqual(tiny().train.labels)
    expect(await prisma.auditEvent.findMany({ where: { subjectId: dataset.id } })).toMatchObject([
      { action: 'dataset.import', after: { name: 'tiny', version: 1, hiddenCount: 4, trainCount: 2 } },
    ])
  })

  it('gives a name its next version, and stores what is the same once', async () => {
    await storeDataset({ prisma, blobs, now }, tiny())
    const keys = await storedKeys()
    const versions = await Promise.all([1, 2].map(() => storeDataset({ prisma, blobs, now }, tiny())))
    expect(versions.map(({ version }) => version).sort()).toEqual([2, 3])
    expect(await storedKeys()).toEqual(keys)
  })

  it('notes uneven and empty classes', async () => {
    const hidden = {
      images: new Uint8Array(14).map((_, at) => at),
      labels: Uint8Array.of(0, 0, 1, 1, 1, 1, 1),
    }
    const dataset = await storeDataset(
      { prisma, blobs, now },
      { ...tiny(), classNames: ['a', 'b', 'c'], hidden, train: null },
    )
    expect(dataset.importNotes).toEqual([
      { kind: 'CLASS_EMPTY', className: 'c' },
      { kind: 'CLASS_IMBALANCE', smallest: 2, largest: 5 },
    ])
    expect(dataset).toMatchObject({ trainCount: 0, trainStatistics: null })
  })

  it('refuses training images that equal hidden ones, and a class of one image', async () => {
    const overlapping = { images: Uint8Array.of(3, 4, 9, 9, 7, 8), labels: Uint8Array.of(1, 0, 0) }
    await expect(storeDataset({ prisma, blobs, now }, { ...tiny(), train: overlapping })).rejects.toEqual(
      expect.objectContaining({ code: 'DATASET_TRAINING_OVERLAP', params: { count: 2 } }),
    )
    const single = { ...tiny().hidden, labels: Uint8Array.of(0, 0, 0, 1) }
    await expect(storeDataset({ prisma, blobs, now }, { ...tiny(), hidden: single })).rejects.toEqual(
      expect.objectContaining({ code: 'DATASET_TOO_SMALL' }),
    )
    expect(await storedKeys()).toEqual([])
    expect(await prisma.dataset.count()).toBe(0)
  })

  it('leaves nothing half stored when its row is refused, but what others use', async () => {
    const { hiddenLabelsBlob } = await prisma.dataset.findUniqueOrThrow({
      where: { id: (await storeDataset({ prisma, blobs, now }, { ...tiny(), train: null })).id },
    })
    const before = await storedKeys()
    expect(before).toContain(hiddenLabelsBlob)
    // The database takes one or three channels; two images of 1×1×2 have the same bytes as before.
    const refused = { ...tiny(), imageShape: [1, 1, 2] as const, train: { ...tiny().train } }
    await expect(storeDataset({ prisma, blobs, now }, refused)).rejects.toThrow()
    expect(await storedKeys()).toEqual(before)
    expect(await prisma.dataset.count()).toBe(1)
  })
})

describe('removeOrphanDatasetBlobs', () => {
  it('removes what no dataset uses, and only under content keys', async () => {
    await storeDataset({ prisma, blobs, now }, tiny())
    const used = await storedKeys()
    await blobs.put('sha256/ab/abcd', randomBytes(10))
    await blobs.put('submissions/1/0', randomBytes(10))
    await removeOrphanDatasetBlobs({ prisma, blobs })
    expect(await storedKeys()).toEqual([...used, 'submissions/1/0'])
  })
})

describe('importDataset', () => {
  const test = Buffer.concat([1, 2, 3, 4].map((value) => cifarRecord(value % 2, value, 0)))

  it('takes a single batch as hidden images without training images', async () => {
    const hidden = [await testFile('test_batch.bin', test)]
    const input = { name: 'batch', format: 'cifar10' as const, hidden, train: [], actor }
    const dataset = await importDataset({ prisma, blobs, now, config: { authSecret: 'secret' } }, input)
    expect(dataset).toMatchObject({ imageShape: [32, 32, 3], hiddenCount: 4, trainCount: 0 })
    expect(dataset.classNames[0]).toBe('airplane')
  })

  it('takes both from an official archive', async () => {
    const planes = cifarRecord(0, 77, 1).subarray(1)
    const archive = await tarGz([
      ['cifar-10-batches-bin/test_batch.bin', test],
      ['cifar-10-batches-py/data_batch_1', pickledBatch([5], planes)],
    ])
    const hidden = [await testFile('cifar-10.tar.gz', archive)]
    const input = { name: 'archive', format: 'cifar10' as const, hidden, train: [], actor }
    const dataset = await importDataset({ prisma, blobs, now, config: { authSecret: 'secret' } }, input)
    expect(dataset).toMatchObject({ hiddenCount: 4, trainCount: 1 })
    expect(dataset.trainStatistics?.mean).toEqual([77, 127.5, 1])
  })
})
