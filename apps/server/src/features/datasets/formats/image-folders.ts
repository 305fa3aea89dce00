import { createHmac } from 'node:crypto'
import { TaikaiError } from '@taikai/shared/errors'
import type { ImportNote } from '@taikai/shared/wire/dataset'
import { withoutEqualImages } from '../dataset-checks.ts'
import { compareText, drawShare } from '../split.ts'
import type { DatasetContent, SourceFiles } from './dataset-content.ts'
import { decodeImage } from './decode-image.ts'
import { contentMaxBytes } from './file-content.ts'
import { type ImageZip, openImageZip, type ZippedImage } from './image-zip.ts'
import type { LabelledImages } from './labelled-images.ts'

type ImageFolderSource = SourceFiles & { imageSize: number; hiddenPercent?: number | undefined }

/** So many images are decoded at once. */
const decodeBatch = 16
/** Of two hidden images of a class, one may be public and one private. */
const leastHidden = 2
const classesMax = 256

/**
 * Reads zips of class folders: one with the hidden images and perhaps one with training images, or a single one of which
 * `hiddenPercent` of each class is drawn. Classes are named by their folders and sorted by name, images are RGB squares of
 * `imageSize` pixels a side (see `decodeImage`). The draw goes by the content of the files under `drawSecret`, so that images which
 * were hidden in one version are hidden in the next. Throws DATASET_ARCHIVE_INVALID, DATASET_FOLDERS_INVALID,
 * DATASET_CLASSES_DIFFER, DATASET_IMAGE_INVALID, DATASET_TOO_LARGE; UPLOAD_META_INVALID for a share beside a training zip.
 */
export async function readImageFolders(
  { hidden, train, imageSize, hiddenPercent }: ImageFolderSource,
  drawSecret: string,
): Promise<DatasetContent> {
  if (hiddenPercent !== undefined && train.length > 0) throw new TaikaiError('UPLOAD_META_INVALID')
  const secret = createHmac('sha256', drawSecret).update('draw of hidden images').digest('hex')
  const open = async (files: SourceFiles['hidden']) =>
    joined(await Promise.all(files.map((file) => openImageZip(file, secret))))
  const hiddenZip = await open(hidden)
  const trainZip = await open(train)
  const classNames = classNamesOf(hiddenZip, trainZip, hidden[0]?.name ?? '')
  const images = [...hiddenZip.images, ...trainZip.images]
  const totalBytes = images.length * imageSize * imageSize * 3
  if (totalBytes > contentMaxBytes)
    throw new TaikaiError('DATASET_TOO_LARGE', { limitBytes: contentMaxBytes })

  const notes: ImportNote[] = [{ kind: 'IMAGES_RESIZED', size: imageSize }]
  const skipped = hiddenZip.skipped + trainZip.skipped
  if (skipped > 0) notes.push({ kind: 'FILES_SKIPPED', count: skipped })
  const decode = (some: readonly ZippedImage[]) => decodeAll(some, classNames, imageSize)
  const shape = { imageShape: [imageSize, imageSize, 3] as const, classNames }
  if (hiddenPercent === undefined) {
    const training = trainZip.images.length === 0 ? null : await decode(trainZip.images)
    return { ...shape, hidden: await decode(hiddenZip.images), train: training, notes }
  }
  const drawn = draw(hiddenZip.images, classNames, hiddenPercent)
  const hiddenImages = await decode(drawn.hidden)
  const rest = await decode(drawn.rest)
  const training = await withoutEqualImages(rest, hiddenImages, imageSize * imageSize * 3)
  notes.push({ kind: 'HIDDEN_DRAWN', hiddenPercent })
  const leftOut = rest.labels.length - training.labels.length
  if (leftOut > 0) notes.push({ kind: 'TRAINING_LEFT_OUT', count: leftOut })
  return { ...shape, hidden: hiddenImages, train: training.labels.length === 0 ? null : training, notes }
}

function joined(zips: readonly ImageZip[]): ImageZip {
  return {
    // A model sees batches: images in the order of their classes would tell it what their neighbours are.
    images: zips.flatMap(({ images }) => images).sort((a, b) => compareText(a.order, b.order)),
    skipped: zips.reduce((sum, { skipped }) => sum + skipped, 0),
  }
}

function classNamesOf(hidden: ImageZip, train: ImageZip, file: string): string[] {
  const namesIn = ({ images }: ImageZip) => new Set(images.map(({ className }) => className))
  const names = namesIn(hidden)
  const foreign = [...namesIn(train)].filter((name) => !names.has(name))
  if (foreign.length > 0) throw new TaikaiError('DATASET_CLASSES_DIFFER', { names: foreign.join(', ') })
  if (names.size < 2 || names.size > classesMax) {
    throw new TaikaiError('DATASET_FOLDERS_INVALID', { file, detail: `${names.size} classes` })
  }
  return [...names].sort()
}

function draw(
  images: readonly ZippedImage[],
  classNames: readonly string[],
  percent: number,
): { hidden: ZippedImage[]; rest: ZippedImage[] } {
  const labels = Uint8Array.from(images, ({ className }) => classNames.indexOf(className))
  const orderOf = (index: number) => images[index]?.order ?? ''
  const isHidden = drawShare(labels, classNames.length, percent, orderOf, leastHidden)
  return {
    hidden: images.filter((_, index) => isHidden[index] === 1),
    rest: images.filter((_, index) => isHidden[index] === 0),
  }
}

async function decodeAll(
  zipped: readonly ZippedImage[],
  classNames: readonly string[],
  size: number,
): Promise<LabelledImages> {
  const imageBytes = size * size * 3
  const images = new Uint8Array(zipped.length * imageBytes)
  for (let at = 0; at < zipped.length; at += decodeBatch) {
    const batch = zipped.slice(at, at + decodeBatch)
    const decoded = await Promise.all(batch.map(({ name, read }) => decodeImage(name, read(), size)))
    for (const [offset, pixels] of decoded.entries()) images.set(pixels, (at + offset) * imageBytes)
  }
  return { images, labels: Uint8Array.from(zipped, ({ className }) => classNames.indexOf(className)) }
}
