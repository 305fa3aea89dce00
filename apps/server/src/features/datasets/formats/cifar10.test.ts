import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { readCifar10 } from './cifar10.ts'
import { toCifar10Records } from './cifar10-records.ts'
import { cifarRecord, pickledBatch, tarGz, testFile } from './test-files.ts'

const two = Buffer.concat([cifarRecord(3, 10, 20), cifarRecord(9, 30, 40)])
const refusal = (code: string) => expect.objectContaining({ code })

describe('records', () => {
  it('become pixels of red, green and blue, with the label before them', async () => {
    const { loose, test, train } = await readCifar10([await testFile('some.bin', two)])
    expect([test, train]).toEqual([[], []])
    expect(loose).toHaveLength(1)
    expect([...(loose[0]?.labels ?? [])]).toEqual([3, 9])
    expect(loose[0]?.images).toHaveLength(2 * 3072)
    // Pixels 0 and 1 of image 0, and pixel 255 of image 1.
    expect([...(loose[0]?.images.subarray(0, 6) ?? [])]).toEqual([10, 0, 20, 10, 1, 20])
    expect([...(loose[0]?.images.subarray(3072 + 765, 3072 + 768) ?? [])]).toEqual([30, 255, 40])
  })

  it('come back from pixels as they were', async () => {
    const { loose } = await readCifar10([await testFile('some.bin', two)])
    expect(loose.map((part) => Buffer.from(toCifar10Records(part)).equals(two))).toEqual([true])
  })

  it.each<[string, Uint8Array, string]>([
    ['cut off', two.subarray(0, 4000), 'DATASET_SIZE_INVALID'],
    ['empty', new Uint8Array(), 'DATASET_SIZE_INVALID'],
    ['labelled 10', cifarRecord(10, 0, 0), 'DATASET_LABEL_OUT_OF_RANGE'],
  ])('that are %s are refused', async (_, bytes, code) => {
    await expect(readCifar10([await testFile('some.bin', bytes)])).rejects.toEqual(refusal(code))
  })
})

describe('the archive of the binary version', () => {
  const batches: [string, Uint8Array][] = [
    ['cifar-10-batches-bin/readme.html', Buffer.from('<html>')],
    ['cifar-10-batches-bin/data_batch_1.bin', two],
    ['cifar-10-batches-bin/data_batch_2.bin', cifarRecord(1, 0, 0)],
    ['cifar-10-batches-bin/test_batch.bin', cifarRecord(7, 1, 2)],
  ]

  it('brings test and training images', async () => {
    const { loose, test, train } = await readCifar10([await testFile('download', await tarGz(batches))])
    expect(loose).toEqual([])
    expect(test.map(({ labels }) => [...labels])).toEqual([[7]])
    expect(train.map(({ labels }) => [...labels])).toEqual([[3, 9], [1]])
  })

  it('is refused when it is cut off, no tar, without test batch, or repeats a batch', async () => {
    const whole = await tarGz(batches)
    const read = async (bytes: Uint8Array) => readCifar10([await testFile('download', bytes)])
    await expect(read(whole.subarray(0, whole.length - 30))).rejects.toEqual(refusal('DATASET_SIZE_INVALID'))
    await expect(read(gzipSync(Buffer.alloc(2000, 'a')))).rejects.toEqual(refusal('DATASET_FORMAT_UNKNOWN'))
    await expect(read(await tarGz(batches.slice(0, 3)))).rejects.toEqual(refusal('DATASET_FORMAT_UNKNOWN'))
    await expect(read(await tarGz([...batches, ...batches]))).rejects.toEqual(
      refusal('DATASET_FORMAT_UNKNOWN'),
    )
  })
})

describe('the archive of the Python version', () => {
  const planes = Buffer.concat([two.subarray(1, 3073), two.subarray(3074)])

  it('gives the same images as the binary version', async () => {
    const archive = await tarGz([
      ['cifar-10-batches-py/batches.meta', Buffer.from('not read')],
      ['cifar-10-batches-py/test_batch', pickledBatch([3, 9], planes)],
      ['cifar-10-batches-py/data_batch_5', pickledBatch([0], planes.subarray(0, 3072))],
    ])
    const { test, train } = await readCifar10([await testFile('download', archive)])
    const binary = await readCifar10([await testFile('some.bin', two)])
    expect(test).toEqual(binary.loose)
    expect(train.map(({ labels }) => [...labels])).toEqual([[0]])
  })

  it('is refused when its pickle names anything to call', async () => {
    const hostile = Buffer.from('\x80\x02cos\nsystem\nU\x02id\x85R.', 'latin1')
    const archive = await tarGz([['cifar-10-batches-py/test_batch', hostile]])
    await expect(readCifar10([await testFile('download', archive)])).rejects.toEqual(
      expect.objectContaining({
        code: 'DATASET_FORMAT_UNKNOWN',
        params: { file: 'download', detail: 'the name "os system" is not allowed' },
      }),
    )
  })

  it('is refused when labels and data differ in number', async () => {
    const archive = await tarGz([['cifar-10-batches-py/test_batch', pickledBatch([3, 9, 9], planes)]])
    await expect(readCifar10([await testFile('download', archive)])).rejects.toEqual(
      refusal('DATASET_FORMAT_UNKNOWN'),
    )
  })
})
