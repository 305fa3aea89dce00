import type { OfficialFormat } from '@taikai/shared/wire/dataset'
import { readCifar10 } from './cifar10.ts'
import { cifar10ImageShape } from './cifar10-records.ts'
import type { DatasetContent, SourceFiles } from './dataset-content.ts'
import { idxImageShape, readIdx } from './idx.ts'
import { concatenate, type DatasetFile, type DatasetParts, type LabelledImages } from './labelled-images.ts'

type OfficialReader = Pick<DatasetContent, 'imageShape' | 'classNames'> & {
  read(files: readonly DatasetFile[]): Promise<DatasetParts>
}

const readers: Record<OfficialFormat, OfficialReader> = {
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

/**
 * Official files as they were downloaded. An official archive among the hidden files brings the training images too, unless
 * others are given. Throws DATASET_FORMAT_UNKNOWN, DATASET_SIZE_INVALID, DATASET_LABELS_MISSING, DATASET_LABEL_OUT_OF_RANGE.
 */
export async function readOfficial(
  format: OfficialFormat,
  { hidden, train }: SourceFiles,
): Promise<DatasetContent> {
  const { imageShape, classNames, read } = readers[format]
  const hiddenParts = await read(hidden)
  const test = [...hiddenParts.loose, ...hiddenParts.test]
  const training = train.length === 0 ? hiddenParts.train : await readTraining(read, train)
  return {
    imageShape,
    classNames,
    hidden: concatenate(test),
    train: training.length === 0 ? null : concatenate(training),
    notes: [],
  }
}

async function readTraining(
  read: OfficialReader['read'],
  files: readonly DatasetFile[],
): Promise<LabelledImages[]> {
  const parts = await read(files)
  return [...parts.loose, ...parts.train]
}
