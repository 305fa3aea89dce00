import { crc32, deflateRawSync } from 'node:zlib'
import { Zip, type ZipInputFile } from 'fflate'
import { join } from './hostile-case.ts'

const pack = (bytes: Uint8Array) => ({
  content: { size: bytes.length, crc: crc32(bytes), compression: 8 },
  deflated: deflateRawSync(bytes),
})

/** Zips `entries`, packed by zlib and the same bytes only once: fflate takes seconds to pack a bomb. */
export function zipBomb(entries: Readonly<Record<string, Uint8Array>>): Uint8Array {
  const parts: Uint8Array[] = []
  const zip = new Zip((error, part) => {
    if (error !== null) throw error
    parts.push(part)
  })
  const packed = new Map<Uint8Array, ReturnType<typeof pack>>()
  for (const [filename, bytes] of Object.entries(entries)) {
    const { content, deflated } = packed.get(bytes) ?? pack(bytes)
    packed.set(bytes, { content, deflated })
    const file: ZipInputFile = { filename, ...content }
    zip.add(file) // gives it its `ondata`
    file.ondata?.(null, deflated, true)
  }
  zip.end()
  return join(...parts)
}
