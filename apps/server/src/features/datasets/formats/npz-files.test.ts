import type { NpyArray } from '@taikai/shared/npy'
import { formatNpz } from '@taikai/shared/npz'
import { zipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { readNpzFiles } from './npz-files.ts'
import { testFile } from './test-files.ts'

const array = (descr: string, shape: number[], data: readonly number[]): NpyArray => ({
  descr,
  shape,
  data: Uint8Array.from(data),
})
const images = (count: number, from = 0) =>
  array(
    '|u1',
    [count, 1, 2],
    Array.from({ length: count * 2 }, (_, at) => from + at),
  )
const labels = (...values: number[]) => array('|u1', [values.length], values)
const npz = (arrays: Record<string, NpyArray>) => testFile('data.npz', formatNpz(arrays))
const read = async (
  arrays: Record<string, NpyArray>,
  train?: Record<string, NpyArray>,
  classNames?: string[],
) =>
  readNpzFiles({
    hidden: [await npz(arrays)],
    train: train === undefined ? [] : [await npz(train)],
    classNames,
  })

describe('readNpzFiles', () => {
  it('reads both sets as Keras’ datasets are saved', async () => {
    const content = await read({
      x_test: images(2),
      y_test: array('|u1', [2, 1], [1, 0]),
      x_train: images(3, 100),
      y_train: array('<i8', [3], [2, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
    })
    expect(content).toEqual({
      imageShape: [1, 2, 1],
      classNames: ['0', '1', '2'],
      hidden: { images: Uint8Array.of(0, 1, 2, 3), labels: Uint8Array.of(1, 0) },
      train: { images: Uint8Array.of(100, 101, 102, 103, 104, 105), labels: Uint8Array.of(2, 1, 0) },
      notes: [],
    })
  })

  it('reads colour images, plain names and names of classes', async () => {
    const colour = { images: array('|u1', [2, 1, 1, 3], [1, 2, 3, 4, 5, 6]), labels: labels(0, 1) }
    const other = { images: array('|u1', [1, 1, 1, 3], [7, 8, 9]), labels: labels(1) }
    const content = await read(colour, other, ['cat', 'dog'])
    expect(content).toMatchObject({ imageShape: [1, 1, 3], classNames: ['cat', 'dog'] })
    expect(content.hidden.images).toEqual(Uint8Array.of(1, 2, 3, 4, 5, 6))
    expect(content.train).toEqual({ images: Uint8Array.of(7, 8, 9), labels: Uint8Array.of(1) })
  })

  it.each<[string, number[], number[]]>([
    ['|i1', [1, 0], [1, 0]],
    ['<u2', [1, 0, 0, 0], [1, 0]],
    ['<i4', [1, 0, 0, 0, 0, 0, 0, 0], [1, 0]],
    ['<u8', [1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], [1, 0]],
  ])('reads labels of %s', async (descr, bytes, expected) => {
    const content = await read({ images: images(2), labels: array(descr, [2], bytes) })
    expect([...content.hidden.labels]).toEqual(expected)
  })

  const sound = { x_test: images(2), y_test: labels(0, 1) }
  it.each<[string, Record<string, NpyArray>, Record<string, NpyArray> | undefined, string]>([
    ['no arrays of these names', { x: images(2) }, undefined, 'DATASET_ARRAYS_INVALID'],
    ['images without labels', { x_test: images(2) }, undefined, 'DATASET_LABELS_MISSING'],
    ['labels without images', { y_test: labels(0, 1) }, undefined, 'DATASET_ARRAYS_INVALID'],
    ['fewer labels', { x_test: images(2), y_test: labels(0) }, undefined, 'DATASET_ARRAYS_INVALID'],
    [
      'labels as fractions',
      { x_test: images(2), y_test: array('<f4', [2], Array(8).fill(0)) },
      undefined,
      'DATASET_ARRAYS_INVALID',
    ],
    [
      'labels below zero',
      { x_test: images(2), y_test: array('|i1', [2], [0, 255]) },
      undefined,
      'DATASET_LABEL_OUT_OF_RANGE',
    ],
    [
      'images of 0..1',
      { x_test: array('<f4', [2, 1, 1], Array(8).fill(0)), y_test: labels(0, 1) },
      undefined,
      'DATASET_ARRAYS_INVALID',
    ],
    [
      'channels first',
      { x_test: array('|u1', [2, 3, 4, 4], Array(96).fill(0)), y_test: labels(0, 1) },
      undefined,
      'DATASET_ARRAYS_INVALID',
    ],
    [
      'training images of another size',
      sound,
      { x_train: array('|u1', [1, 2, 2], [1, 2, 3, 4]), y_train: labels(0) },
      'DATASET_ARRAYS_INVALID',
    ],
    ['test images where training images belong', sound, sound, 'DATASET_ARRAYS_INVALID'],
    ['one class', { x_test: images(2), y_test: labels(0, 0) }, undefined, 'DATASET_ARRAYS_INVALID'],
  ])('refuses %s', async (_, hidden, train, code) => {
    await expect(read(hidden, train)).rejects.toEqual(expect.objectContaining({ code }))
  })

  it('refuses more classes than names, and what is no .npz', async () => {
    await expect(read(sound, undefined, ['only'])).rejects.toMatchObject({
      code: 'DATASET_LABEL_OUT_OF_RANGE',
    })
    const files = [
      await testFile('a.npz', Buffer.from('no zip')),
      await testFile('b.npz', zipSync({ 'x_test.npy': new Uint8Array(20) })),
    ]
    const codes = ['DATASET_ARCHIVE_INVALID', 'DATASET_ARRAYS_INVALID']
    for (const [index, file] of files.entries()) {
      await expect(readNpzFiles({ hidden: [file], train: [] })).rejects.toMatchObject({ code: codes[index] })
    }
  })
})
