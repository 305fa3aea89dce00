import { basename } from 'node:path/posix'
import { buffer } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import { TaikaiError } from '@taikai/shared/errors'
import { type Extract, extract } from 'tar-stream'
import { fromPlanes, parseCifar10Records } from './cifar10-records.ts'
import { formatError, isGzip, readContent, withContent } from './file-content.ts'
import type { DatasetFile, DatasetParts, LabelledImages } from './labelled-images.ts'
import { readPickledBatch } from './pickled-batch.ts'

/** An official batch holds 10,000 images, about 31 MB in either version. */
const batchMaxBytes = 64 * 1024 ** 2
const batchPattern = /^(?:data_batch_[1-5]|test_batch)(\.bin)?$/

/**
 * Reads CIFAR-10 (Krizhevsky, "Learning multiple layers of features from tiny images", 2009): batches of records, which are
 * `loose`, or the official archives, binary or Python version, which bring `test` and `train`. Told by content.
 * Throws DATASET_FORMAT_UNKNOWN, DATASET_SIZE_INVALID, DATASET_LABEL_OUT_OF_RANGE.
 */
export async function readCifar10(files: readonly DatasetFile[]): Promise<DatasetParts> {
  const parts: DatasetParts = { loose: [], test: [], train: [] }
  for (const file of files) {
    if (await isGzip(file)) await readArchive(file, parts)
    else parts.loose.push(parseCifar10Records(file, await readContent(file)))
  }
  return parts
}

async function readArchive(file: DatasetFile, parts: DatasetParts): Promise<void> {
  try {
    await withContent(file, async (content) => {
      const archive = extract()
      const outcomes = await Promise.allSettled([
        readEntries(file, archive, parts),
        pipeline(content, archive),
      ])
      // Where reading the entries fails, feeding them fails too, and says less.
      for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason
    })
  } catch (error) {
    throw error instanceof TaikaiError ? error : formatError(file, 'no tar archive', error)
  }
  if (parts.test.length === 0) throw formatError(file, 'no test batch in the archive')
}

async function readEntries(file: DatasetFile, archive: Extract, parts: DatasetParts): Promise<void> {
  const seen = new Set<string>()
  for await (const entry of archive) {
    const name = basename(entry.header.name)
    const match = batchPattern.exec(name)
    if (match === null || entry.header.type !== 'file') {
      entry.resume()
      continue
    }
    if (seen.has(name) || (entry.header.size ?? 0) > batchMaxBytes) throw formatError(file, name)
    seen.add(name)
    const bytes = await buffer(entry)
    const batch = match[1] === '.bin' ? parseCifar10Records(file, bytes) : parsePickledBatch(file, bytes)
    const target = name.startsWith('test') ? parts.test : parts.train
    target.push(batch)
  }
}

function parsePickledBatch(file: DatasetFile, bytes: Uint8Array): LabelledImages {
  const { data, labels } = readPickledBatch(file, bytes)
  return fromPlanes(file, data, labels)
}
