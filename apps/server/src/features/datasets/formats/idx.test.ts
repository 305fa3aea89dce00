import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { readIdx } from './idx.ts'
import { idx, testFile } from './test-files.ts'

const pixels = Uint8Array.from({ length: 2 * 784 }, (_, at) => at % 251)
const images = idx([2, 28, 28], pixels)
const labels = idx([2], Uint8Array.of(5, 0))

async function read(...contents: Uint8Array[]) {
  const files = contents.map((bytes, position) => testFile(`file ${position}`, bytes))
  return readIdx(await Promise.all(files))
}
const refusal = (code: string) => expect.objectContaining({ code })

describe('readIdx', () => {
  it('pairs images and labels in any order, gzip or not', async () => {
    const expected = { loose: [{ images: pixels, labels: Uint8Array.of(5, 0) }], test: [], train: [] }
    expect(await read(images, labels)).toEqual(expected)
    expect(await read(gzipSync(labels), images)).toEqual(expected)
  })

  it.each<[string, string, Uint8Array[]]>([
    ['images without labels', 'DATASET_LABELS_MISSING', [images]],
    ['labels without images', 'DATASET_FORMAT_UNKNOWN', [labels]],
    ['two image files', 'DATASET_FORMAT_UNKNOWN', [images, labels, images]],
    ['a photograph', 'DATASET_FORMAT_UNKNOWN', [Buffer.from('\x89PNG\r\n', 'latin1'), labels]],
    ['images of 32×32', 'DATASET_FORMAT_UNKNOWN', [idx([1, 32, 32], new Uint8Array(1024)), labels]],
    ['a file that is cut off', 'DATASET_SIZE_INVALID', [images.subarray(0, 1000), labels]],
    ['a header that is cut off', 'DATASET_SIZE_INVALID', [images.subarray(0, 9), labels]],
    ['a gzip that is cut off', 'DATASET_SIZE_INVALID', [gzipSync(images).subarray(0, 100), labels]],
    ['a file that is too long', 'DATASET_SIZE_INVALID', [images, Buffer.concat([labels, labels])]],
    ['another number of labels', 'DATASET_SIZE_INVALID', [images, idx([1], new Uint8Array(1))]],
    ['a label beyond 9', 'DATASET_LABEL_OUT_OF_RANGE', [images, idx([2], Uint8Array.of(1, 10))]],
  ])('refuses %s', async (_, code, contents) => {
    await expect(read(...contents)).rejects.toEqual(refusal(code))
  })
})
