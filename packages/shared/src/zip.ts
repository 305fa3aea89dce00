import { Inflate } from 'fflate'

export type ZipLimits = {
  entries: number
  /** Bytes of all unpacked files together. */
  bytes: number
  /** Unpacked bytes per packed byte, over the whole zip. */
  ratio: number
}

export type ZipEntry = {
  /** As the zip has it, with `/` between folders: for people and for telling what it is, never a path. */
  name: string
  /** Size once unpacked, as declared; `read` gives exactly so many. */
  size: number
  /** Unpacks it. Throws ZipError (damaged, method, size). */
  read(): Uint8Array
}

export type ZipFault =
  | 'damaged'
  | 'encrypted'
  | 'zip64'
  | 'method'
  | 'too-many'
  | 'too-large'
  | 'ratio'
  | 'size'

/** A zip that cannot be read, or that would unpack to more than it may. */
export class ZipError extends Error {
  readonly fault: ZipFault

  constructor(fault: ZipFault, options?: ErrorOptions) {
    super(`zip: ${fault}`, options)
    this.name = 'ZipError'
    this.fault = fault
  }
}

type Directory = { name: string; method: number; packed: number; unpacked: number; headerAt: number }

const inflateStep = 65536

/**
 * The files of a zip in memory, without its folders. What it declares is checked before anything is inflated, and what it inflates
 * to against what it declares: a size that lies is refused, never cut off. Throws ZipError.
 */
export function openZip(zip: Uint8Array, limits: ZipLimits): ZipEntry[] {
  const entries = readDirectory(zip, limits).filter((entry) => !entry.name.endsWith('/'))
  const total = entries.reduce((sum, entry) => sum + entry.unpacked, 0)
  if (total > limits.bytes) throw new ZipError('too-large')
  if (total > zip.length * limits.ratio) throw new ZipError('ratio')
  return entries.map((entry) => ({
    name: entry.name,
    size: entry.unpacked,
    read: () => unpackEntry(zip, entry),
  }))
}

/** Names of all that is in a zip, folders included, without unpacking anything. Throws ZipError. */
export function zipNames(zip: Uint8Array, limits: ZipLimits): string[] {
  return readDirectory(zip, limits).map((entry) => entry.name)
}

function readDirectory(zip: Uint8Array, limits: ZipLimits): Directory[] {
  const view = new DataView(zip.buffer, zip.byteOffset, zip.byteLength)
  let end = zip.length - 22
  const earliest = Math.max(0, end - 65535) // a comment of up to 64 kB may follow the end record
  while (end >= earliest && view.getUint32(end, true) !== 0x06054b50) end--
  if (end < earliest) throw new ZipError('damaged')
  const count = view.getUint16(end + 10, true)
  let at = view.getUint32(end + 16, true)
  if (count === 0xffff || at === 0xffffffff) throw new ZipError('zip64')
  if (count > limits.entries) throw new ZipError('too-many')
  const entries: Directory[] = []
  for (let index = 0; index < count; index++) {
    if (at + 46 > end || view.getUint32(at, true) !== 0x02014b50) throw new ZipError('damaged')
    if ((view.getUint16(at + 8, true) & 1) === 1) throw new ZipError('encrypted')
    const nameLength = view.getUint16(at + 28, true)
    entries.push({
      name: decodeName(zip.subarray(at + 46, at + 46 + nameLength)).replaceAll('\\', '/'),
      method: view.getUint16(at + 10, true),
      packed: view.getUint32(at + 20, true),
      unpacked: view.getUint32(at + 24, true),
      headerAt: view.getUint32(at + 42, true),
    })
    at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
  }
  return entries
}

/** UTF-8, or what Windows writes in Japan. */
function decodeName(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('shift_jis').decode(bytes)
  }
}

function unpackEntry(zip: Uint8Array, entry: Directory): Uint8Array {
  const view = new DataView(zip.buffer, zip.byteOffset, zip.byteLength)
  const { headerAt } = entry
  if (headerAt + 30 > zip.length || view.getUint32(headerAt, true) !== 0x04034b50) {
    throw new ZipError('damaged')
  }
  const start = headerAt + 30 + view.getUint16(headerAt + 26, true) + view.getUint16(headerAt + 28, true)
  const packed = zip.subarray(start, start + entry.packed)
  if (packed.length !== entry.packed) throw new ZipError('damaged')
  if (entry.method === 0) {
    if (entry.packed !== entry.unpacked) throw new ZipError('size')
    return packed
  }
  if (entry.method !== 8) throw new ZipError('method')
  return inflate(packed, entry.unpacked)
}

/** Inflates step by step, so that an entry which grows past its declared size ends after one step more. */
function inflate(packed: Uint8Array, size: number): Uint8Array {
  const out = new Uint8Array(size)
  let filled = 0
  const stream = new Inflate((chunk) => {
    if (filled + chunk.length > size) throw new ZipError('size')
    out.set(chunk, filled)
    filled += chunk.length
  })
  try {
    for (let at = 0; at < packed.length; at += inflateStep)
      stream.push(packed.subarray(at, at + inflateStep), at + inflateStep >= packed.length)
  } catch (error) {
    throw error instanceof ZipError ? error : new ZipError('damaged')
  }
  if (filled !== size) throw new ZipError('size')
  return out
}
