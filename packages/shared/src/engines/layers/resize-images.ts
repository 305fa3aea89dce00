import { image, type Tensor4D } from '@tensorflow/tfjs-core'

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
