import type { ImageSpec } from './model/model-file.ts'

/** Statistics of a dataset's training images on the 0..255 scale. `pixelMean` is per value of one image (HWC order). */
export type TrainingStatistics = { mean: number[]; std: number[]; pixelMean: Float64Array | null }

/**
 * Mean and population standard deviation per channel, and the mean image, of `images` (packed uint8 NHWC, at least one).
 * Sums of integers are exact in float64 for any dataset that fits on a disk.
 */
export function trainingStatistics(
  images: Uint8Array,
  imageShape: ImageSpec['imageShape'],
): TrainingStatistics {
  const [height, width, channels] = imageShape
  const size = height * width * channels
  const imageCount = images.length / size
  if (!Number.isInteger(imageCount) || imageCount === 0)
    throw new RangeError(`${images.length} bytes are not whole images of ${size} bytes`)
  const sums = new Float64Array(size)
  const squares = new Float64Array(channels)
  for (let at = 0; at < images.length; at++) {
    const value = images[at] ?? 0
    const pixel = at % size
    const channel = at % channels
    sums[pixel] = (sums[pixel] ?? 0) + value
    squares[channel] = (squares[channel] ?? 0) + value * value
  }
  const perChannel = imageCount * height * width
  const mean = Array.from({ length: channels }, (_, channel) => {
    let sum = 0
    for (let at = channel; at < size; at += channels) sum += sums[at] ?? 0
    return sum / perChannel
  })
  const std = mean.map((value, channel) =>
    Math.sqrt(Math.max(0, (squares[channel] ?? 0) / perChannel - value * value)),
  )
  return { mean, std, pixelMean: sums.map((sum) => sum / imageCount) }
}
