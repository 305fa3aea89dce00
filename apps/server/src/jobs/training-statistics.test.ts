import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { BlobMissingError, fileBlobStore } from '../platform/blob-store.ts'
import { createTrainingStatistics } from './training-statistics.ts'

const folder = mkdtempSync(join(tmpdir(), 'taikai-statistics-test-'))
const blobs = fileBlobStore(folder)
const imageShape = [1, 2, 1] as const
afterAll(() => rmSync(folder, { recursive: true }))

it('reads a data set once, however many runs ask', async () => {
  const statistics = createTrainingStatistics(blobs)
  const asked = { trainImagesBlob: 'once', imageShape }
  await blobs.put('once', Uint8Array.of(0, 255, 255, 0))
  const [first, second] = await Promise.all([statistics(asked), statistics(asked)])
  expect(first.mean).toEqual([127.5])
  expect(second).toBe(first)
  await blobs.remove('once')
  expect(await statistics(asked)).toBe(first)
})

it('asks again after a failure, and forgets the data set that came first when there are too many', async () => {
  const statistics = createTrainingStatistics(blobs)
  const of = (trainImagesBlob: string) => statistics({ trainImagesBlob, imageShape })
  await expect(of('a')).rejects.toThrow(BlobMissingError)
  for (const key of ['a', 'b', 'c', 'd', 'e']) {
    await blobs.put(key, Uint8Array.of(0, 255))
    await of(key)
    await blobs.remove(key)
  }
  expect((await of('b')).mean).toEqual([127.5])
  await expect(of('a')).rejects.toThrow(BlobMissingError)
})
