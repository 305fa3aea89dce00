import { createHash, randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, readdir, rename, rm, stat, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { ownerOnly, partSuffix } from './blob-store.ts'

/** A file that was asked for within this time may be open, or about to be opened again by a second attempt. */
const inUseMs = 3_600_000

export type BlobCache = {
  /**
   * The file that holds the content called `identity`, of `bytes` length; `fetch` brings it where it is not here yet. The
   * same identity always means the same content.
   */
  fileOf(identity: string, bytes: number, fetch: () => Promise<Readable>): Promise<string>
  /** Writes a stream to a file of the caller's own, which the caller removes. What is not complete is not left. */
  spool(source: Readable): Promise<string>
}

/**
 * Copies on this machine of blobs that live elsewhere, shared by all its processes: a file gets its name when it is complete,
 * so that two that fetch the same content at once do no harm. Beyond `maxBytes` those go first that were asked for longest
 * ago; what was asked for within the hour stays.
 */
export function blobCache(folder: string, maxBytes: number): BlobCache {
  async function spool(source: Readable): Promise<string> {
    await mkdir(folder, ownerOnly)
    const part = join(folder, `${randomUUID()}${partSuffix}`)
    try {
      await pipeline(source, createWriteStream(part, { flags: 'wx', flush: true, mode: 0o600 }))
      return part
    } catch (error) {
      await rm(part, { force: true })
      throw error
    }
  }

  async function fileOf(identity: string, bytes: number, fetch: () => Promise<Readable>): Promise<string> {
    const path = join(folder, createHash('sha256').update(identity).digest('hex'))
    if ((await look(path))?.size === bytes) {
      const now = new Date()
      await utimes(path, now, now)
      return path
    }
    const part = await spool(await fetch())
    try {
      const { size } = await stat(part)
      if (size !== bytes) throw new Error(`${identity} came with ${size} bytes instead of ${bytes}`)
      await rename(part, path)
    } catch (error) {
      await rm(part, { force: true })
      throw error
    }
    await makeRoom()
    return path
  }

  /** Removes what is too much, and what a killed process left unfinished. */
  async function makeRoom(): Promise<void> {
    const names = await readdir(folder)
    const found = await Promise.all(
      names.map(async (name) => ({ path: join(folder, name), stats: await look(join(folder, name)) })),
    )
    const files = found.flatMap(({ path, stats }) => (stats === null ? [] : [{ path, ...stats }]))
    const idle = files
      .filter(({ usedAt }) => Date.now() - usedAt > inUseMs)
      .sort((a, b) => a.usedAt - b.usedAt)
    let total = files.reduce((sum, { size }) => sum + size, 0)
    for (const { path, size } of idle) {
      if (total <= maxBytes && !path.endsWith(partSuffix)) continue
      await rm(path, { force: true })
      total -= size
    }
  }

  return { fileOf, spool }
}

/** Null where there is no such file: another process may have removed it a moment ago. */
async function look(path: string): Promise<{ size: number; usedAt: number } | null> {
  try {
    const { size, mtimeMs } = await stat(path)
    return { size, usedAt: mtimeMs }
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}
