import { readNpz } from '../npz.ts'

/** Images that students may see, to try a model on: packed uint8 NHWC, and one class index per image. */
export type TrainingSample = {
  images: Uint8Array
  labels: Uint8Array
  /** Mean of all training images per value of one image (HWC order), on the 0..255 scale; null where there is none. */
  pixelMean: Float64Array | null
}

const names = ['x_train', 'y_train', 'pixel_mean']
/** More than any sample that a server gives. */
const maxBytes = 256 * 1024 ** 2

/** Reads the `.npz` of GET /api/rounds/:slug/training-sample.npz. Throws RangeError and ZipError for anything else. */
export function readTrainingSample(npz: Uint8Array): TrainingSample {
  const arrays = readNpz(npz, names, maxBytes)
  const [images, labels] = [arrays.get('x_train'), arrays.get('y_train')]
  if (images?.descr !== '|u1' || labels?.descr !== '|u1') throw new RangeError('this is no training sample')
  const mean = arrays.get('pixel_mean')
  return {
    images: images.data,
    labels: labels.data,
    // Copied: numbers of eight bytes cannot lie just anywhere in the file.
    pixelMean: mean === undefined ? null : new Float64Array(new Uint8Array(mean.data).buffer),
  }
}
