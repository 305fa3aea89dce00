import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { rename, rm, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { TaikaiError } from '@taikai/shared/errors'

export type RemoteFile = { url: string; bytes: number; md5: string }
export type DownloadOptions = {
  signal: AbortSignal
  /** Called with the bytes that are there, those of earlier tries included. */
  onBytes(bytes: number): void
}

/** A connection that breaks is taken up again so often, as long as it brought something. */
const triesMax = 10
const idleMs = 60_000

/**
 * Downloads a file to `path`. What an earlier try left in `<path>.part` is gone on with where the server can (RFC 9110, range
 * requests), and the whole must have the file's length and MD5 sum. Throws DOWNLOAD_FAILED where the server cannot be reached or
 * refuses, DOWNLOAD_DAMAGED for other content, which is removed, and an AbortError.
 */
export async function downloadFile(file: RemoteFile, path: string, options: DownloadOptions): Promise<void> {
  if ((await sizeOf(path)) === file.bytes) return options.onBytes(file.bytes)
  const part = `${path}.part`
  for (let tries = 1; ; tries++) {
    let cameAny = false
    const onBytes = (bytes: number) => {
      cameAny = true
      options.onBytes(bytes)
    }
    try {
      await fetchRest(file, part, { signal: options.signal, onBytes })
      break
    } catch (cause) {
      options.signal.throwIfAborted()
      if (cause instanceof TaikaiError) throw cause
      if (!cameAny || tries === triesMax) {
        throw new TaikaiError('DOWNLOAD_FAILED', { host: new URL(file.url).host }, { cause })
      }
    }
  }
  const sum = createHash('md5')
  await pipeline(createReadStream(part), sum)
  if (sum.digest('hex') !== file.md5) {
    await rm(part)
    throw damaged(file)
  }
  await rename(part, path)
}

async function fetchRest(
  file: RemoteFile,
  part: string,
  { signal, onBytes }: DownloadOptions,
): Promise<void> {
  const there = await sizeOf(part)
  if (there === file.bytes) return
  // What is longer than the file cannot be its beginning.
  const size = there < file.bytes ? there : 0
  const idle = new AbortController()
  const timer = setTimeout(() => idle.abort(), idleMs)
  try {
    const response = await fetch(file.url, {
      signal: AbortSignal.any([signal, idle.signal]),
      // The sum is of the bytes as they are stored; a server must not pack them once more.
      headers: { 'accept-encoding': 'identity', ...(size > 0 && { range: `bytes=${size}-` }) },
    })
    const isRest =
      response.status === 206 && response.headers.get('content-range')?.startsWith(`bytes ${size}-`)
    if (response.body === null || !(isRest || response.status === 200)) {
      throw new Error(`${file.url} answered ${response.status}`)
    }
    let received = isRest ? size : 0
    await pipeline(
      response.body,
      async function* (chunks: AsyncIterable<Uint8Array>) {
        for await (const chunk of chunks) {
          timer.refresh()
          received += chunk.length
          if (received > file.bytes) throw damaged(file)
          onBytes(received)
          yield chunk
        }
      },
      createWriteStream(part, { flags: isRest ? 'a' : 'w' }),
    )
    if (received < file.bytes) throw new Error(`${file.url} ended after ${received} bytes`)
  } finally {
    clearTimeout(timer)
  }
}

function damaged(file: RemoteFile): TaikaiError {
  const { host, pathname } = new URL(file.url)
  return new TaikaiError('DOWNLOAD_DAMAGED', { host, file: basename(pathname) })
}

/** 0 for a file that is not there. */
async function sizeOf(path: string): Promise<number> {
  const found = await stat(path).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  })
  return found?.size ?? 0
}
