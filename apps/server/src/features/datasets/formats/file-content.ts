import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { TaikaiError } from '@taikai/shared/errors'
import type { DatasetFile } from './labelled-images.ts'

/** More than any official file unpacks to; a few kilobytes of gzip could otherwise fill the memory. */
export const contentMaxBytes = 512 * 1024 ** 2

/** The error for what is not in the chosen format. `detail` is for people who know formats. */
export function formatError(file: DatasetFile, detail: string, cause?: unknown): TaikaiError {
  return new TaikaiError('DATASET_FORMAT_UNKNOWN', { file: file.name, detail }, { cause })
}

/** Whether a file is gzip: told by its first two bytes. */
export async function isGzip(file: DatasetFile): Promise<boolean> {
  const handle = await open(file.path, 'r')
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(2), 0, 2, 0)
    return bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b
  } finally {
    await handle.close()
  }
}

/**
 * Hands a file's content, unpacked where it is gzip, to `consume`, piece by piece. Throws DATASET_SIZE_INVALID for a gzip that
 * is cut off or damaged, and for content beyond 512 MiB.
 */
export async function withContent<T>(
  file: DatasetFile,
  consume: (content: AsyncIterable<Buffer>) => Promise<T>,
): Promise<T> {
  const source = createReadStream(file.path)
  const limited = (content: AsyncIterable<Buffer>) => consume(withinLimit(content, file))
  try {
    if (await isGzip(file)) return await pipeline(source, createGunzip(), limited)
    return await pipeline(source, limited)
  } catch (error) {
    const cause = error instanceof TaikaiError ? error.cause : error
    if (isDamagedGzip(cause)) throw new TaikaiError('DATASET_SIZE_INVALID', { file: file.name }, { cause })
    throw error
  }
}

/** The whole content of a file, unpacked where it is gzip. Throws as `withContent`. */
export function readContent(file: DatasetFile): Promise<Uint8Array> {
  return withContent(file, async (content) => {
    const pieces: Buffer[] = []
    for await (const piece of content) pieces.push(piece)
    return new Uint8Array(Buffer.concat(pieces))
  })
}

async function* withinLimit(content: AsyncIterable<Buffer>, file: DatasetFile): AsyncIterable<Buffer> {
  let bytes = 0
  for await (const piece of content) {
    bytes += piece.length
    if (bytes > contentMaxBytes) throw new TaikaiError('DATASET_SIZE_INVALID', { file: file.name })
    yield piece
  }
}

/** zlib's own codes: Z_DATA_ERROR, and Z_BUF_ERROR at an early end. */
function isDamagedGzip(error: unknown): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    (error.code === 'Z_DATA_ERROR' || error.code === 'Z_BUF_ERROR')
  )
}
