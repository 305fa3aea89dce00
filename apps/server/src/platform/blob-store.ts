import { randomUUID } from 'node:crypto'
import { createWriteStream, type Dirent } from 'node:fs'
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { TaikaiError } from '@taikai/shared/errors'

/**
 * Where large byte sequences live: models, images, labels, raw outputs. A blob is there complete or not at all. A store that
 * cannot be reached now throws STORAGE_UNAVAILABLE, whatever was asked of it.
 */
export interface BlobStore {
  /** Stores a blob, in place of an earlier one of the same key. */
  put(key: string, body: Readable | Uint8Array): Promise<void>
  /** Takes over a finished temporary file, which has to lie on the data folder's disk, and is there no more afterwards. */
  adopt(key: string, filePath: string): Promise<void>
  /** Throws BlobMissingError where there is no such blob, as all readers do. */
  read(key: string): Promise<Readable>
  readBytes(key: string): Promise<Uint8Array>
  /** Length in bytes. */
  size(key: string): Promise<number>
  /** Path of a file on this machine whose content is the blob: to be opened soon, and not to be changed or removed. */
  localFile(key: string): Promise<string>
  /** Does nothing where there is no such blob. */
  remove(key: string): Promise<void>
  /** Keys that begin with `prefix`, in no promised order. */
  list(prefix: string): AsyncIterable<string>
  /** Throws unless the store can be used now. */
  ping(): Promise<void>
}

/** A reader was asked for a blob that is not there. */
export class BlobMissingError extends Error {
  override readonly name = 'BlobMissingError'

  constructor(key: string, options?: ErrorOptions) {
    super(`no blob ${key}`, options)
  }
}

/** Whether this is the fault of a store that cannot be reached, and not of what was asked. */
export function isStorageUnavailable(error: unknown): boolean {
  return error instanceof TaikaiError && error.code === 'STORAGE_UNAVAILABLE'
}

/** Unfinished blobs end so. No key can: `~` is not among a key's characters. */
export const partSuffix = '~part'
const keyPattern = /^[a-z0-9_-][a-z0-9._-]*(\/[a-z0-9_-][a-z0-9._-]*)*$/
const keyMaxLength = 200
/** Labels lie here: a scoring child, which runs as another user, must not get in even where the permission model fails. */
export const ownerOnly = { recursive: true, mode: 0o700 } as const

/** What every content key begins with. */
export const contentPrefix = 'sha256/'

/** The key of a blob that is stored once, whoever brings it. `sha256Hex`: 64 lower-case hexadecimal digits. */
export function contentKey(sha256Hex: string): string {
  return `${contentPrefix}${sha256Hex.slice(0, 2)}/${sha256Hex}`
}

/** Throws unless `key` can be a blob's key, in every store alike. */
export function checkKey(key: string): void {
  if (key.length > keyMaxLength || !keyPattern.test(key)) throw new Error(`not a blob key: ${key}`)
}

/** Blobs as files below the folder `root`, which is made when it is first written to. */
export function fileBlobStore(root: string): BlobStore {
  const pathOf = (key: string): string => {
    checkKey(key)
    return join(root, key)
  }
  const existing = async <T>(key: string, look: (path: string) => Promise<T>): Promise<T> => {
    try {
      return await look(pathOf(key))
    } catch (error) {
      throw isMissing(error) ? new BlobMissingError(key, { cause: error }) : error
    }
  }

  async function put(key: string, body: Readable | Uint8Array): Promise<void> {
    const path = pathOf(key)
    // Two writers of one key must not write into one file.
    const part = `${path}.${randomUUID()}${partSuffix}`
    await mkdir(dirname(path), ownerOnly)
    try {
      const source = body instanceof Readable ? body : Readable.from([body])
      // flush: the content is on the disk before its name is.
      await pipeline(source, createWriteStream(part, { flags: 'wx', flush: true }))
      await rename(part, path)
      await syncFolder(dirname(path))
    } catch (error) {
      await rm(part, { force: true })
      throw error
    }
  }

  async function adopt(key: string, filePath: string): Promise<void> {
    const path = pathOf(key)
    await mkdir(dirname(path), ownerOnly)
    const file = await open(filePath, 'r')
    try {
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(filePath, path)
    await syncFolder(dirname(path))
  }

  async function* list(prefix: string): AsyncIterable<string> {
    // The deepest folder that the prefix names in full.
    const folder = prefix.slice(0, prefix.lastIndexOf('/') + 1)
    for await (const key of keysBelow(root, folder)) {
      if (key.startsWith(prefix)) yield key
    }
  }

  return {
    put,
    adopt,
    list,
    // Opened here, so that a missing blob is told to the caller and not to the stream.
    read: (key) => existing(key, async (path) => (await open(path, 'r')).createReadStream()),
    readBytes: (key) => existing(key, async (path) => new Uint8Array(await readFile(path))),
    size: (key) => existing(key, async (path) => (await stat(path)).size),
    localFile: (key) =>
      existing(key, async (path) => {
        await stat(path)
        return path
      }),
    remove: async (key) => rm(pathOf(key), { force: true }),
    ping: async () => void (await mkdir(root, ownerOnly)),
  }
}

async function* keysBelow(root: string, folder: string): AsyncIterable<string> {
  for (const entry of await entriesOf(join(root, folder))) {
    const key = `${folder}${entry.name}`
    if (entry.isDirectory()) yield* keysBelow(root, `${key}/`)
    else if (!entry.name.endsWith(partSuffix)) yield key
  }
}

async function entriesOf(folder: string): Promise<Dirent[]> {
  try {
    return await readdir(folder, { withFileTypes: true })
  } catch (error) {
    // Nothing was stored there yet.
    if (isMissing(error)) return []
    throw error
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT'
}

/** A rename survives a power failure only once its folder is on the disk too. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}
