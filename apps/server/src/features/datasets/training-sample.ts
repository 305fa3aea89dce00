import { TaikaiError } from '@taikai/shared/errors'
import { npyTexts } from '@taikai/shared/npy'
import { formatNpz } from '@taikai/shared/npz'
import { zipSync } from 'fflate'
import type { Dataset } from '../../generated/prisma/client.ts'
import type { BlobStore } from '../../platform/blob-store.ts'
import { encodePng } from './encode-png.ts'
import { examples, readImages, type StoredPart, trainingPart } from './stored-images.ts'
import type { TrainingMean } from './training-mean.ts'

/** `images`: [count, height, width, channels]; `labels`: one class index per image. */
type TrainingSample = {
  images: Uint8Array
  labels: Uint8Array
  imageShape: StoredPart['imageShape']
  classNames: readonly string[]
}

export type SampleDeps = { blobs: BlobStore; trainingMean: TrainingMean }

/** What Windows does not take in a file's name. */
const forbiddenInNames = /[\\/:*?"<>|\p{C}]/gu
/** Zip's first day: the same sample is the same file. */
const zipOptions = { level: 0, mtime: '1980-01-01T00:00:00' } as const

/**
 * `count` training images, as evenly over the classes as there are images, always the same ones. Never draws on hidden images.
 * Throws TRAINING_SAMPLE_UNAVAILABLE for a dataset without training images.
 */
async function drawTrainingSample(
  blobs: BlobStore,
  dataset: Dataset,
  count: number,
): Promise<TrainingSample> {
  const part = trainingPart(dataset)
  if (part === null) throw new TaikaiError('TRAINING_SAMPLE_UNAVAILABLE')
  const classes = await examples(blobs, part, count)
  // The first of each class, then the second of each, until there are enough.
  const longest = Math.max(...classes.map(({ length }) => length))
  const drawn = Array.from({ length: longest }, (_, turn) =>
    classes.flatMap((images, label) => images.slice(turn, turn + 1).map((image) => ({ image, label }))),
  )
    .flat()
    .slice(0, count)
  return {
    images: await readImages(
      blobs,
      part,
      drawn.map(({ image }) => image),
    ),
    labels: Uint8Array.from(drawn, ({ label }) => label),
    imageShape: part.imageShape,
    classNames: dataset.classNames,
  }
}

/**
 * An `.npz` with `x_train` (uint8, [count, height, width] or [count, height, width, 3]), `y_train` (uint8), `class_names`, and
 * `pixel_mean` (float64, of one image's shape): the mean of all training images, which `unit-minus-pixel-mean` takes away.
 */
export async function trainingSampleNpz(
  { blobs, trainingMean }: SampleDeps,
  dataset: Dataset,
  count: number,
): Promise<Uint8Array> {
  const { images, labels, imageShape, classNames } = await drawTrainingSample(blobs, dataset, count)
  const [height, width, channels] = imageShape
  const ofImage = [height, width, ...(channels === 1 ? [] : [channels])]
  const part = trainingPart(dataset)
  if (part === null) throw new TaikaiError('TRAINING_SAMPLE_UNAVAILABLE')
  const mean = await trainingMean(part)
  return formatNpz({
    x_train: { descr: '|u1', shape: [labels.length, ...ofImage], data: images },
    y_train: { descr: '|u1', shape: [labels.length], data: labels },
    class_names: npyTexts(classNames),
    pixel_mean: { descr: '<f8', shape: ofImage, data: new Uint8Array(mean.buffer) },
  })
}

/**
 * A zip of PNG files in class folders. The folders begin with the class's number, so that Keras' `image_dataset_from_directory`,
 * which sorts by name, numbers the classes as the round does.
 */
export async function trainingSampleZip(
  { blobs }: SampleDeps,
  dataset: Dataset,
  count: number,
): Promise<Uint8Array> {
  const { images, labels, imageShape, classNames } = await drawTrainingSample(blobs, dataset, count)
  const imageBytes = imageShape.reduce((product, size) => product * size, 1)
  const files: Record<string, Uint8Array> = {}
  for (const [index, label] of labels.entries()) {
    const pixels = images.subarray(index * imageBytes, (index + 1) * imageBytes)
    files[`${folderName(label, classNames)}/${padded(index, labels.length)}.png`] = await encodePng(
      pixels,
      imageShape,
    )
  }
  return zipSync(files, zipOptions)
}

function folderName(label: number, classNames: readonly string[]): string {
  const name = (classNames[label] ?? '').replace(forbiddenInNames, '_').replace(/[. ]+$/, '_')
  return `${padded(label, classNames.length)}_${name}`
}

/** With as many digits as the last of `count` numbers has. */
function padded(index: number, count: number): string {
  return String(index).padStart(String(count - 1).length, '0')
}
