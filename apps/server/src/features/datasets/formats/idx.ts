import { TaikaiError } from '@taikai/shared/errors'
import { formatError, readContent } from './file-content.ts'
import type { DatasetFile, DatasetParts, LabelledImages } from './labelled-images.ts'

/** [height, width, channels] of MNIST and of Fashion-MNIST. */
export const idxImageShape = [28, 28, 1] as const
const classCount = 10
const imageBytes = 28 * 28

/** The magic number's third byte, unsigned bytes, and its fourth, the number of dimensions. */
const imagesMagic = 0x0803
const labelsMagic = 0x0801

type Idx = { file: DatasetFile; dimensions: number[]; values: Uint8Array }

/**
 * Reads one image file and one label file in MNIST's IDX format (LeCun, Cortes and Burges, "The MNIST database"), gzip or
 * not, in either order. Throws DATASET_FORMAT_UNKNOWN, DATASET_SIZE_INVALID, DATASET_LABELS_MISSING, DATASET_LABEL_OUT_OF_RANGE.
 */
export async function readIdx(files: readonly DatasetFile[]): Promise<DatasetParts> {
  const read: Idx[] = []
  for (const file of files) read.push(parseIdx(file, await readContent(file)))
  const [images, ...moreImages] = read.filter(({ dimensions }) => dimensions.length === 3)
  const [labels, ...moreLabels] = read.filter(({ dimensions }) => dimensions.length === 1)
  const surplus = moreImages[0] ?? moreLabels[0]
  if (surplus !== undefined) throw formatError(surplus.file, 'more than one pair of images and labels')
  if (images === undefined && labels !== undefined) throw formatError(labels.file, 'labels without images')
  if (images === undefined || labels === undefined) throw new TaikaiError('DATASET_LABELS_MISSING')
  return { loose: [pair(images, labels)], test: [], train: [] }
}

function parseIdx(file: DatasetFile, bytes: Uint8Array): Idx {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const magic = bytes.length >= 4 ? view.getUint32(0) : null
  if (magic !== imagesMagic && magic !== labelsMagic) throw formatError(file, 'no IDX file of unsigned bytes')
  const rank = magic === imagesMagic ? 3 : 1
  const headerBytes = 4 + 4 * rank
  if (bytes.length < headerBytes) throw new TaikaiError('DATASET_SIZE_INVALID', { file: file.name })
  const dimensions = Array.from({ length: rank }, (_, index) => view.getUint32(4 + 4 * index))
  const expected = dimensions.reduce((product, size) => product * size, 1)
  const values = bytes.subarray(headerBytes)
  if (values.length !== expected || expected === 0)
    throw new TaikaiError('DATASET_SIZE_INVALID', { file: file.name })
  return { file, dimensions, values }
}

function pair(images: Idx, labels: Idx): LabelledImages {
  const [count, height, width] = images.dimensions
  if (height !== idxImageShape[0] || width !== idxImageShape[1]) {
    throw formatError(images.file, `images of ${height}×${width} pixels`)
  }
  if (labels.dimensions[0] !== count || images.values.length !== labels.values.length * imageBytes) {
    throw new TaikaiError('DATASET_SIZE_INVALID', { file: labels.file.name })
  }
  if (labels.values.some((label) => label >= classCount)) {
    throw new TaikaiError('DATASET_LABEL_OUT_OF_RANGE', { file: labels.file.name })
  }
  return { images: images.values, labels: labels.values }
}
