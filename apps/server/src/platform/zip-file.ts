import { createHash, type Hash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import { ZipError, type ZipFault, type ZipLimits } from '@taikai/shared/zip'
import { type Entry, openPromise, type ZipFile as ZipReader } from 'yauzl'
import { ZipFile as ZipWriter } from 'yazl'

/** Zips on disk, larger than memory (with zip64): `packages/shared/src/zip.ts` reads what fits into it. */

export type NewZipEntry = {
  name: string
  /** What is compressed already, and what hardly shrinks, is stored as it is. */
  compress: boolean
  read(): Promise<Readable | Uint8Array>
}

/** The last entry of a zip that this module reads again: `<sha-256>  <name>` line by line, as `sha256sum -c` reads it. */
const sumsName = 'sha256sums.txt'
const sumsPattern = /^([0-9a-f]{64}) {2}(.+)$/
const sumsMaxBytes = 64 * 1024 ** 2

/** Writes a zip, with the sums by which `openZipFile` checks it; entries are read one after another. Throws what reading throws. */
export async function writeZip(
  path: string,
  entries: Iterable<NewZipEntry>,
  { withSums }: { withSums: boolean },
): Promise<void> {
  const zip = new ZipWriter()
  const sums: string[] = []
  const add = (name: string, compress: boolean, open: () => Promise<Readable>) =>
    zip.addReadStreamLazy(name, { compress }, (callback) => {
      open().then(
        (content) => callback(null, content),
        (error: unknown) => zip.emit('error', error),
      )
    })
  for (const { name, compress, read } of entries) {
    add(name, compress, async () => {
      const hash = createHash('sha256')
      const content = Readable.from(
        hashed(await read(), hash, () => sums.push(`${hash.digest('hex')}  ${name}\n`)),
      )
      content.on('error', (error) => zip.emit('error', error))
      return content
    })
  }
  if (withSums) add(sumsName, true, async () => Readable.from([Buffer.from(sums.join(''))]))
  const output = Readable.from(zip.outputStream)
  // The writer tells of faults by an event of its own, and its stream would then never end.
  zip.on('error', (error: Error) => output.destroy(error))
  zip.end()
  await pipeline(output, createWriteStream(path, { mode: 0o600 }))
}

async function* hashed(
  content: Readable | Uint8Array,
  hash: Hash,
  onEnd: () => void,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of content instanceof Readable ? content : [content]) {
    hash.update(chunk)
    yield chunk
  }
  onEnd()
}

export type ZipOnDisk = {
  names: readonly string[]
  /** The whole content of an entry. Throws ZipError: there is none, it is larger than `maxBytes`, or not what its sum says. */
  readBytes(name: string, maxBytes: number): Promise<Uint8Array>
  /** Unpacks an entry into a file. Throws ZipError as `readBytes` does. */
  unpack(name: string, path: string): Promise<{ bytes: number; sha256: string }>
  close(): void
}

/**
 * Opens a zip that `writeZip` wrote with sums, or says that it is none. What it declares is checked before anything is unpacked, and what comes
 * out against what it declares and against the sums. Throws ZipError.
 */
export async function openZipFile(path: string, limits: ZipLimits): Promise<ZipOnDisk> {
  const zip = await named(() =>
    openPromise(path, { autoClose: false, lazyEntries: true, strictFileNames: true }),
  )
  try {
    const entries = await readEntries(zip, limits)
    const sums = await readSums(zip, entries)
    const open = async (name: string) => {
      const entry = entries.get(name)
      const sum = sums.get(name)
      if (entry === undefined || sum === undefined) throw new ZipError('damaged')
      const hash = createHash('sha256')
      const check = (sha256: string) => {
        if (sha256 !== sum) throw new ZipError('damaged')
        return sha256
      }
      return {
        entry,
        content: hashed(await zip.openReadStreamPromise(entry), hash, () => undefined),
        hash,
        check,
      }
    }
    return {
      names: [...sums.keys()],
      readBytes: (name, maxBytes) =>
        named(async () => {
          const { entry, content, hash, check } = await open(name)
          if (entry.uncompressedSize > maxBytes) throw new ZipError('too-large')
          const bytes = await buffer(content)
          check(hash.digest('hex'))
          return bytes
        }),
      unpack: (name, target) =>
        named(async () => {
          const { entry, content, hash, check } = await open(name)
          await pipeline(content, createWriteStream(target, { flags: 'wx', mode: 0o600, flush: true }))
          return { bytes: entry.uncompressedSize, sha256: check(hash.digest('hex')) }
        }),
      close: () => zip.close(),
    }
  } catch (error) {
    zip.close()
    throw error
  }
}

async function readEntries(zip: ZipReader, limits: ZipLimits): Promise<Map<string, Entry>> {
  if (zip.entryCount > limits.entries) throw new ZipError('too-many')
  const entries = new Map<string, Entry>()
  let total = 0
  await named(async () => {
    for await (const entry of zip.eachEntry()) {
      if (entry.isEncrypted()) throw new ZipError('encrypted')
      if (!entry.canDecodeFileData()) throw new ZipError('method')
      if (entries.has(entry.fileName)) throw new ZipError('damaged')
      total += entry.uncompressedSize
      if (total > limits.bytes) throw new ZipError('too-large')
      entries.set(entry.fileName, entry)
    }
  })
  if (total > zip.fileSize * limits.ratio) throw new ZipError('ratio')
  return entries
}

/** The sum of every entry but that of the sums itself. */
async function readSums(zip: ZipReader, entries: ReadonlyMap<string, Entry>): Promise<Map<string, string>> {
  const entry = entries.get(sumsName)
  if (entry === undefined) throw new ZipError('damaged')
  if (entry.uncompressedSize > sumsMaxBytes) throw new ZipError('too-large')
  const text = (await named(async () => buffer(await zip.openReadStreamPromise(entry)))).toString()
  const sums = new Map<string, string>()
  for (const line of text.split('\n')) {
    const [, sum, name] = sumsPattern.exec(line) ?? []
    if (sum !== undefined && name !== undefined) sums.set(name, sum)
  }
  if (sums.size !== entries.size - 1) throw new ZipError('damaged')
  return sums
}

/** The reader's own errors in our words: it throws plain ones, and inflating throws those of zlib. */
async function named<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read()
  } catch (error) {
    if (error instanceof ZipError || isOfSystem(error)) throw error
    const fault: ZipFault = /size|bytes in the stream/.test(String(error)) ? 'size' : 'damaged'
    throw new ZipError(fault, { cause: error })
  }
}

function isOfSystem(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error
}
