import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { zipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openZipFile, writeZip } from './zip-file.ts'

const limits = { entries: 10, bytes: 10_000, ratio: 100 }
let folder: string
let path: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'taikai-zip-'))
  path = join(folder, 'a.zip')
  await writeZip(
    path,
    [
      { name: 'a.json', compress: true, read: async () => Buffer.from('{"a":1}') },
      {
        name: 'blobs/0',
        compress: false,
        read: async () => Readable.from([Buffer.from('ab'), Buffer.from('c')]),
      },
      { name: 'empty', compress: false, read: async () => new Uint8Array() },
    ],
    { withSums: true },
  )
})
afterAll(async () => {
  await rm(folder, { recursive: true, force: true })
})

/** sha256 of "abc" (FIPS 180-2, B.1). */
const abc = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'

it('gives back what was written', async () => {
  const zip = await openZipFile(path, limits)
  expect(zip.names).toEqual(['a.json', 'blobs/0', 'empty'])
  expect(Buffer.from(await zip.readBytes('a.json', 100)).toString()).toBe('{"a":1}')
  expect((await zip.readBytes('empty', 0)).length).toBe(0)
  const target = join(folder, 'unpacked')
  expect(await zip.unpack('blobs/0', target)).toEqual({ bytes: 3, sha256: abc })
  expect(await readFile(target, 'utf8')).toBe('abc')
  zip.close()
})

it('throws what reading an entry throws', async () => {
  const entries = [
    { name: 'a', compress: false, read: () => Promise.reject(new Error('gone')) },
    { name: 'b', compress: false, read: async () => new Uint8Array(1) },
  ]
  await expect(writeZip(join(folder, 'b.zip'), entries, { withSums: true })).rejects.toThrow('gone')
})

describe('a zip that is refused', () => {
  const refused = async (bytes: Uint8Array, expected: string, within: Partial<typeof limits> = {}) => {
    const file = join(folder, 'hostile.zip')
    await writeFile(file, bytes)
    await expect(openZipFile(file, { ...limits, ...within })).rejects.toThrow(`zip: ${expected}`)
  }

  it('has too many entries, too many bytes, or shrinks too well', async () => {
    const bytes = await readFile(path)
    await refused(bytes, 'too-many', { entries: 3 })
    await refused(bytes, 'too-large', { bytes: 100 })
    await refused(bytes, 'ratio', { ratio: 0.1 })
  })

  it('is no zip, or one without sums', async () => {
    await refused(Buffer.from('hello'), 'damaged')
    await refused(zipSync({ a: new Uint8Array(1) }), 'damaged')
  })

  it('leads out of its folder', async () => {
    await refused(zipSync({ '../a': new Uint8Array(1) }), 'damaged')
    await refused(zipSync({ '/etc/passwd': new Uint8Array(1) }), 'damaged')
  })

  it('holds an entry that its sums do not name', async () => {
    await refused(
      zipSync({ 'sha256sums.txt': Buffer.from(`${abc}  b\n`), b: Buffer.from('abc'), c: Buffer.from('') }),
      'damaged',
    )
  })

  it('holds other bytes than its sums say', async () => {
    const file = join(folder, 'other.zip')
    await writeFile(file, zipSync({ 'sha256sums.txt': Buffer.from(`${abc}  b\n`), b: Buffer.from('abd') }))
    const zip = await openZipFile(file, limits)
    await expect(zip.readBytes('b', 100)).rejects.toThrow('zip: damaged')
    await expect(zip.unpack('b', join(folder, 'other'))).rejects.toThrow('zip: damaged')
    zip.close()
  })

  it('lies about the size of an entry', async () => {
    const bytes = zipSync({ 'sha256sums.txt': Buffer.from(`${abc}  b\n`), b: new Uint8Array(5000) })
    // The central directory's size of the last entry: 24 bytes into its record.
    const record = Buffer.from(bytes).lastIndexOf(Buffer.from([0x50, 0x4b, 1, 2]))
    new DataView(bytes.buffer).setUint32(record + 24, 3, true)
    const file = join(folder, 'lie.zip')
    await writeFile(file, bytes)
    const zip = await openZipFile(file, limits)
    await expect(zip.readBytes('b', 100)).rejects.toThrow('zip: size')
    expect((await stat(file)).size).toBe(bytes.length)
    zip.close()
  })
})
