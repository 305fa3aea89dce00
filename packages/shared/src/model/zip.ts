import { Inflate } from 'fflate'
import { TaikaiError } from '../errors.ts'
import { modelLimits } from './limits.ts'
import type { ModelFile } from './model-file.ts'

type Entry = { name: string; method: number; packed: number; unpacked: number; headerAt: number }

const invalid = (reason: string) => new TaikaiError('MODEL_ARCHIVE_INVALID', { reason })
const inflateStep = 65536

/**
 * Unpacks a zip in memory. What it declares is checked before anything is inflated, and what it inflates to against
 * what it declares: a size that lies is refused, never cut off.
 * Throws MODEL_ARCHIVE_INVALID (`reason`: damaged, encrypted, zip64, method, too-many, too-large, ratio, size).
 */
export function unzip(zip: Uint8Array): ModelFile[] {
  const entries = readDirectory(zip).filter((entry) => !entry.name.endsWith('/'))
  const total = entries.reduce((sum, entry) => sum + entry.unpacked, 0)
  if (total > modelLimits.zipBytes) throw invalid('too-large')
  if (total > zip.length * modelLimits.zipRatio) throw invalid('ratio')
  return entries.map((entry) => ({ name: entry.name, bytes: unpackEntry(zip, entry) }))
}

/** Names of a zip's files, without unpacking anything. */
export function zipNames(zip: Uint8Array): string[] {
  return readDirectory(zip).map((entry) => entry.name)
}

function readDirectory(zip: Uint8Array): Entry[] {
  const view = new DataView(zip.buffer, zip.byteOffset, zip.byteLength)
  let end = zip.length - 22
  const earliest = Math.max(0, end - 65535) // a comment of up to 64 kB may follow the end record
  while (end >= earliest && view.getUint32(end, true) !== 0x06054b50) end--
  if (end < earliest) throw invalid('damaged')
  const count = view.getUint16(end + 10, true)
  let at = view.getUint32(end + 16, true)
  if (count === 0xffff || at === 0xffffffff) throw invalid('zip64')
  if (count > modelLimits.zipEntries) throw invalid('too-many')
  const entries: Entry[] = []
  for (let index = 0; index < count; index++) {
    if (at + 46 > end || view.getUint32(at, true) !== 0x02014b50) throw invalid('damaged')
    if ((view.getUint16(at + 8, true) & 1) === 1) throw invalid('encrypted')
    const nameLength = view.getUint16(at + 28, true)
    entries.push({
      name: new TextDecoder().decode(zip.subarray(at + 46, at + 46 + nameLength)),
      method: view.getUint16(at + 10, true),
      packed: view.getUint32(at + 20, true),
      unpacked: view.getUint32(at + 24, true),
      headerAt: view.getUint32(at + 42, true),
    })
    at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
  }
  return entries
}

function unpackEntry(zip: Uint8Array, entry: Entry): Uint8Array {
  const view = new DataView(zip.buffer, zip.byteOffset, zip.byteLength)
  const { headerAt } = entry
  if (headerAt + 30 > zip.length || view.getUint32(headerAt, true) !== 0x04034b50) throw invalid('damaged')
  const start = headerAt + 30 + view.getUint16(headerAt + 26, true) + view.getUint16(headerAt + 28, true)
  const packed = zip.subarray(start, start + entry.packed)
  if (packed.length !== entry.packed) throw invalid('damaged')
  if (entry.method === 0) {
    if (entry.packed !== entry.unpacked) throw invalid('size')
    return packed
  }
  if (entry.method !== 8) throw invalid('method')
  return inflate(packed, entry.unpacked)
}

/** Inflates step by step, so that an entry which grows past its declared size ends after one step more. */
function inflate(packed: Uint8Array, size: number): Uint8Array {
  const out = new Uint8Array(size)
  let filled = 0
  const stream = new Inflate((chunk) => {
    if (filled + chunk.length > size) throw invalid('size')
    out.set(chunk, filled)
    filled += chunk.length
  })
  try {
    for (let at = 0; at < packed.length; at += inflateStep)
      stream.push(packed.subarray(at, at + inflateStep), at + inflateStep >= packed.length)
  } catch (error) {
    if (error instanceof TaikaiError) throw error
    throw invalid('damaged')
  }
  if (filled !== size) throw invalid('size')
  return out
}
