import type { Logger } from 'pino'
import { z } from 'zod'
import type { PrismaClient } from '../../generated/prisma/client.ts'
import type { BlobStore } from '../../platform/blob-store.ts'
import { findExistingSubmissionIds, findRunOutputs, lockFilesForSweep } from './submissions.repository.ts'

const batchSize = 500

/**
 * Removes what a process that was killed left in the blob store: files of submissions whose row was never committed, and raw
 * outputs of attempts whose result was never taken. Files are looked at while no server is between storing files and
 * committing their row (`lockFilesForSweep`).
 */
export async function removeOrphanBlobs(deps: {
  prisma: PrismaClient
  blobs: BlobStore
  logger: Logger
}): Promise<void> {
  const { prisma, blobs, logger } = deps
  const removed = await prisma.$transaction(
    async (tx) => {
      await lockFilesForSweep(tx)
      return (
        (await removeWhere(blobs, 'submissions/', async (ids) => {
          const existing = await findExistingSubmissionIds(tx, ids)
          return (id) => !existing.has(id)
        })) +
        (await removeWhere(blobs, 'outputs/', async (ids) => {
          const runs = await findRunOutputs(tx, ids)
          return (id, key) => {
            const run = runs.get(id)
            // An unfinished run may be storing its outputs at this moment.
            return run === undefined || (run.finishedAt !== null && run.outputsBlob !== key)
          }
        }))
      )
    },
    { timeout: 120_000, maxWait: 30_000 },
  )
  if (removed > 0) logger.info({ removed }, 'blobs without a row removed')
}

type IsOrphan = (id: string, key: string) => boolean

async function removeWhere(
  blobs: BlobStore,
  prefix: string,
  orphansAmong: (ids: string[]) => Promise<IsOrphan>,
): Promise<number> {
  let removed = 0
  let batch: { id: string; key: string }[] = []
  const flush = async () => {
    const isOrphan = await orphansAmong([...new Set(batch.map(({ id }) => id))])
    for (const { id, key } of batch) {
      if (!isOrphan(id, key)) continue
      await blobs.remove(key)
      removed += 1
    }
    batch = []
  }
  for await (const key of blobs.list(prefix)) {
    const id = z.uuid().safeParse(key.split('/')[1])
    // Nothing else is written under these prefixes; what is not ours is not ours to remove.
    if (!id.success) continue
    batch.push({ id: id.data, key })
    if (batch.length >= batchSize) await flush()
  }
  if (batch.length > 0) await flush()
  return removed
}
