import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { gzipSync } from 'node:zlib'
import { pack } from 'tar-stream'
import { onTestFinished } from 'vitest'
import type { DatasetFile } from './labelled-images.ts'

/** Writes a file that is removed when the test is over. */
export async function testFile(name: string, bytes: Uint8Array): Promise<DatasetFile> {
  const folder = await mkdtemp(join(tmpdir(), 'taikai-dataset-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const path = join(folder, 'file')
  await writeFile(path, bytes)
  return { name, path }
}

/** A CIFAR-10 record whose red plane is all `red`, its green plane counts up, and its blue plane is all `blue`. */
export function cifarRecord(label: number, red: number, blue: number): Uint8Array {
  const record = new Uint8Array(3073)
  record[0] = label
  record.fill(red, 1, 1025)
  for (let pixel = 0; pixel < 1024; pixel++) record[1025 + pixel] = pixel % 256
  record.fill(blue, 2049)
  return record
}

export async function tarGz(entries: readonly [name: string, bytes: Uint8Array][]): Promise<Uint8Array> {
  const archive = pack()
  for (const [name, bytes] of entries) archive.entry({ name }, Buffer.from(bytes))
  archive.finalize()
  return gzipSync(await buffer(archive))
}

/** MNIST's format: magic number, sizes (big-endian), bytes. */
export function idx(dimensions: readonly number[], values: Uint8Array): Uint8Array {
  const header = Buffer.alloc(4 + 4 * dimensions.length)
  header.writeUInt32BE(0x0800 + dimensions.length)
  for (const [index, size] of dimensions.entries()) header.writeUInt32BE(size, 4 + 4 * index)
  return Buffer.concat([header, values])
}

const text = (value: string): Buffer => Buffer.from(value, 'latin1')
const uint32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}
const shortString = (value: string): Buffer =>
  Buffer.concat([text('U'), Buffer.of(value.length), text(value)])

/** One batch of CIFAR-10's Python version, byte by byte as Python 2's cPickle writes it. `data`: [labels, 3072], planes. */
export function pickledBatch(labels: readonly number[], data: Uint8Array): Uint8Array {
  return Buffer.concat([
    Buffer.of(0x80, 2),
    text('}q\x01('),
    shortString('batch_label'),
    text('q\x02'),
    shortString('testing batch 1 of 1'),
    text('q\x03'),
    shortString('labels'),
    text('q\x04]q\x05('),
    ...labels.map((label) => Buffer.of(0x4b, label)),
    text('e'),
    shortString('data'),
    text(
      'q\x06cnumpy.core.multiarray\n_reconstruct\nq\x07cnumpy\nndarray\nq\x08K\x00\x85q\x09U\x01bq\x0a\x87Rq\x0b(K\x01',
    ),
    text('J'),
    uint32(labels.length),
    text(
      'M\x00\x0c\x86q\x0ccnumpy\ndtype\nq\x0dU\x02u1q\x0eK\x00K\x01\x87Rq\x0f(K\x03U\x01|q\x10NNNJ\xff\xff\xff\xffJ\xff\xff\xff\xffK\x00tb\x89T',
    ),
    uint32(data.length),
    data,
    text('tb'),
    shortString('filenames'),
    text('r\x11\x00\x00\x00]q\x12('),
    ...labels.map((label) => shortString(`image_${label}.png`)),
    text('eu.'),
  ])
}
