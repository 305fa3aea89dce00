import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { TaikaiError } from '@taikai/shared/errors'
import type { datasetFormats, ImportNote } from '@taikai/shared/wire/dataset'
import { readCifar10 } from './cifar10.ts'
import { cifar10ImageShape } from './cifar10-records.ts'
import { idxImageShape, readIdx } from './idx.ts'
import { knownFile } from './known-files.ts'
import { concatenate, type DatasetFile, type DatasetParts, type LabelledImages } from './labelled-images.ts'

type DatasetFormat = (typeof datasetFormats)[number]
type FormatReader = {
  imageShape: readonly [height: number, width: number, channels: number]
  classNames: readonly string[]
  read(files: readonly DatasetFile[]): Promise<DatasetParts>
}

const readers: Record<DatasetFormat, FormatReader> = {
  cifar10: {
    imageShape: cifar10ImageShape,
    classNames: ['airplane', 'automobile', 'bird', 'cat', 'deer', 'dog', 'frog', 'horse', 'ship', 'truck'],
    read: readCifar10,
  },
  mnist: {
    imageShape: idxImageShape,
    classNames: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
    read: readIdx,
  },
  'fashion-mnist': {
    imageShape: idxImageShape,
    classNames: [
      'T-shirt/top',
      'Trouser',
      'Pullover',
      'Dress',
      'Coat',
      'Sandal',
      'Shirt',
      'Sneaker',
      'Bag',
      'Ankle boot',
    ],
    read: readIdx,
  },
}

export type DatasetFiles = {
  format: DatasetFormat
  hidden: readonly DatasetFile[]
  /** May be empty. */
  train: readonly DatasetFile[]
}

export type DatasetContent = {
  imageShape: readonly [height: number, width: number, channels: number]
  classNames: readonly string[]
  hidden: LabelledImages
  train: LabelledImages | null
  /** Files that are known to be official ones. */
  notes: ImportNote[]
}

/**
 * Reads the hidden and the training images of a dataset. An official archive among the hidden files brings the training
 * images too, unless others are given. Throws DATASET_FORMAT_UNKNOWN, DATASET_SIZE_INVALID, DATASET_LABELS_MISSING,
 * DATASET_LABEL_OUT_OF_RANGE.
 */
export async function readDataset({ format, hidden, train }: DatasetFiles): Promise<DatasetContent> {
  const reader = readers[format]
  const hiddenParts = await reader.read(hidden)
  const test = [...hiddenParts.loose, ...hiddenParts.test]
  if (test.length === 0) throw new TaikaiError('UPLOAD_NO_FILES')
  const training = train.length === 0 ? hiddenParts.train : await readTraining(reader, train)
  return {
    imageShape: reader.imageShape,
    classNames: reader.classNames,
    hidden: concatenate(test),
    train: training.length === 0 ? null : concatenate(training),
    notes: await knownFileNotes([...hidden, ...train]),
  }
}

async function readTraining(reader: FormatReader, files: readonly DatasetFile[]): Promise<LabelledImages[]> {
  const parts = await reader.read(files)
  return [...parts.loose, ...parts.train]
}

async function knownFileNotes(files: readonly DatasetFile[]): Promise<ImportNote[]> {
  const notes: ImportNote[] = []
  for (const { name, path } of files) {
    const hash = createHash('md5')
    await pipeline(createReadStream(path), hash)
    const md5 = hash.digest('hex')
    const what = knownFile(md5)
    if (what !== null) notes.push({ kind: 'KNOWN_FILE', file: name, md5, what })
  }
  return notes
}
