import { image, type Tensor, type Tensor4D } from '@tensorflow/tfjs-core'

/** A tensor that the layer's kind has checked to be `[batch, height, width, channels]`. */
export function asImages(x: Tensor): Tensor4D {
  if (!isImages(x)) throw new Error(`rank ${x.rank} instead of 4`)
  return x
}
const isImages = (x: Tensor): x is Tensor4D => x.rank === 4

/** Scales images as TensorFlow 2 does: pixel centres at half coordinates. */
export function resizeImages(
  x: Tensor4D,
  size: [height: number, width: number],
  interpolation: 'nearest' | 'bilinear',
): Tensor4D {
  return interpolation === 'bilinear'
    ? image.resizeBilinear(x, size, false, true)
    : image.resizeNearestNeighbor(x, size, false, true)
}
