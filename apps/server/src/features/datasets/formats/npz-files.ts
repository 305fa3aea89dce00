import { TaikaiError } from '@taikai/shared/errors'
import type { NpyArray } from '@taikai/shared/npy'
import { readNpz } from '@taikai/shared/npz'
import { ZipError } from '@taikai/shared/zip'
import type { DatasetContent, SourceFiles } from './dataset-content.ts'
import { contentMaxBytes, readContent } from './file-content.ts'
import { concatenate, type DatasetFile, type DatasetParts, type LabelledImages } from './labelled-images.ts'

type ImageShape = DatasetContent['imageShape']
type ShapedImages = LabelledImages & { imageShape: ImageShape }
type ShapedParts = { [Part in keyof DatasetParts]: ShapedImages[] }

/** Names of the arrays: Keras' own for the two sets, and plain ones for images that belong to neither. */
const arrayNames = {
  test: ['x_test', 'y_test'],
  train: ['x_train', 'y_train'],
  loose: ['images', 'labels'],
} as const satisfies Record<keyof DatasetParts, readonly [string, string]>
const sideMax = 1024
const classesMax = 256

/** Reads one label of each whole-number type that NumPy may have made of a list. */
const labelReaders: Readonly<Record<string, (view: DataView, index: number) => number>> = {
  '|u1': (view, index) => view.getUint8(index),
  '|i1': (view, index) => view.getInt8(index),
  '<u2': (view, index) => view.getUint16(2 * index, true),
  '<i2': (view, index) => view.getInt16(2 * index, true),
  '<u4': (view, index) => view.getUint32(4 * index, true),
  '<i4': (view, index) => view.getInt32(4 * index, true),
  '<u8': (view, index) => Number(view.getBigUint64(8 * index, true)),
  '<i8': (view, index) => Number(view.getBigInt64(8 * index, true)),
}

/**
 * Reads NumPy's `.npz`: `x_test` and `y_test` (with `x_train` and `y_train` beside them, as Keras' datasets are saved), or `images`
 * and `labels`. Images are uint8 of [count, height, width] or [count, height, width, 1 or 3], labels whole numbers of [count] or
 * [count, 1]. Throws DATASET_ARCHIVE_INVALID, DATASET_ARRAYS_INVALID, DATASET_LABELS_MISSING, DATASET_LABEL_OUT_OF_RANGE,
 * DATASET_SIZE_INVALID.
 */
export async function readNpzFiles(
  source: SourceFiles & { classNames?: readonly string[] | undefined },
): Promise<DatasetContent> {
  const hiddenParts = await readParts(source.hidden)
  const trainParts = source.train.length === 0 ? null : await readParts(source.train)
  const hidden = [...hiddenParts.loose, ...hiddenParts.test]
  const train = trainParts === null ? hiddenParts.train : [...trainParts.loose, ...trainParts.train]
  const first = hidden[0]
  if (first === undefined) throw arraysError(namesOf(source.hidden), 'neither x_test nor images')
  if (trainParts !== null && train.length === 0) {
    throw arraysError(namesOf(source.train), 'neither x_train nor images')
  }
  const { imageShape } = first
  const all = [...hidden, ...train]
  if (all.some((part) => part.imageShape.join() !== imageShape.join())) {
    throw arraysError(namesOf(source.hidden), 'images of several sizes')
  }
  const classCount = all.reduce((most, { labels }) => labels.reduce((a, b) => Math.max(a, b + 1), most), 0)
  const classNames = source.classNames ?? Array.from({ length: classCount }, (_, index) => String(index))
  if (classCount > classNames.length) throw new TaikaiError('DATASET_LABEL_OUT_OF_RANGE')
  if (classNames.length < 2) throw arraysError(namesOf(source.hidden), 'labels of one class only')
  return {
    imageShape,
    classNames,
    hidden: concatenate(hidden),
    train: train.length === 0 ? null : concatenate(train),
    notes: [],
  }
}

async function readParts(files: readonly DatasetFile[]): Promise<ShapedParts> {
  const parts: ShapedParts = { loose: [], test: [], train: [] }
  for (const file of files) {
    const arrays = await readArrays(file)
    for (const part of ['loose', 'test', 'train'] as const) {
      const [imagesName, labelsName] = arrayNames[part]
      const images = arrays.get(imagesName)
      const labels = arrays.get(labelsName)
      if (images === undefined && labels === undefined) continue
      if (images === undefined) throw arraysError(file.name, `${labelsName} without ${imagesName}`)
      if (labels === undefined) throw new TaikaiError('DATASET_LABELS_MISSING', { file: file.name })
      parts[part].push(labelled(file, images, labels))
    }
  }
  return parts
}

async function readArrays(file: DatasetFile): Promise<Map<string, NpyArray>> {
  const bytes = await readContent(file)
  try {
    return readNpz(bytes, Object.values(arrayNames).flat(), contentMaxBytes)
  } catch (error) {
    if (error instanceof ZipError) {
      throw new TaikaiError('DATASET_ARCHIVE_INVALID', { file: file.name, reason: error.fault })
    }
    if (error instanceof RangeError) throw arraysError(file.name, error.message, error)
    throw error
  }
}

function labelled(file: DatasetFile, images: NpyArray, labels: NpyArray): ShapedImages {
  const [count = 0, height = 0, width = 0, channels = 1] = images.shape
  const isImages =
    images.descr === '|u1' &&
    (images.shape.length === 3 || images.shape.length === 4) &&
    count > 0 &&
    [height, width].every((side) => side >= 1 && side <= sideMax) &&
    (channels === 1 || channels === 3)
  if (!isImages) throw arraysError(file.name, `images are ${images.descr} of [${images.shape}]`)
  const read = labelReaders[labels.descr]
  const isColumn = labels.shape.length === 1 || (labels.shape.length === 2 && labels.shape[1] === 1)
  if (read === undefined || !isColumn || labels.shape[0] !== count) {
    throw arraysError(file.name, `labels are ${labels.descr} of [${labels.shape}] for ${count} images`)
  }
  const view = new DataView(labels.data.buffer, labels.data.byteOffset, labels.data.byteLength)
  const values = Uint8Array.from({ length: count }, (_, index) => {
    const label = read(view, index)
    if (label < 0 || label >= classesMax)
      throw new TaikaiError('DATASET_LABEL_OUT_OF_RANGE', { file: file.name })
    return label
  })
  return { images: images.data, labels: values, imageShape: [height, width, channels] }
}

function namesOf(files: readonly DatasetFile[]): string {
  return files.map(({ name }) => name).join(', ')
}

/** `detail` is for people who know NumPy. */
function arraysError(file: string, detail: string, cause?: unknown): TaikaiError {
  return new TaikaiError('DATASET_ARRAYS_INVALID', { file, detail }, { cause })
}
