import { TaikaiError } from './errors.ts'
import type { InputLayout } from './model/input-shape.ts'
import type { ImageSpec } from './model/model-file.ts'
import type { Preprocessing } from './preprocessing.ts'
import type { TrainingStatistics } from './preprocessing-statistics.ts'

/**
 * Turns `count` images (packed uint8 NHWC) into model input, written to the front of `out` (float32, count × image size).
 *
 * Values are those that NumPy gives in float32: each operation runs in float64 on float32 operands and is rounded at once
 * (`Math.fround`, or by storing). For one +, −, × or ÷ that double rounding is innocuous, as 53 ≥ 2 × 24 + 2 bits
 * (Figueroa 1995), so the result is the correctly rounded float32 one.
 */
export type Preprocess = (images: Uint8Array, count: number, out: Float32Array) => void

const { fround } = Math

/**
 * Makes the function that one declared preprocessing means for images of one shape. `layout` is what the model's input
 * shape asks for; for a `flat` input the declared order counts.
 * Throws PREPROCESSING_UNAVAILABLE when the preset needs training statistics and there are none, PREPROCESSING_INVALID when
 * per-channel numbers do not fit the channels.
 */
export function createPreprocess(
  preprocessing: Preprocessing,
  { imageShape }: Pick<ImageSpec, 'imageShape'>,
  layout: InputLayout,
  training: TrainingStatistics | null,
): Preprocess {
  const [height, width, channels] = imageShape
  const size = height * width * channels
  const source = sourceOrder(preprocessing, imageShape, layout)
  const tables = channelTables(preprocessing, channels, training)
  // This loop sees every byte of every image: one table for all channels, and where that of each place begins.
  const table = Float32Array.from(tables.flatMap((each) => [...each]))
  const tableStart = source.map((from) => (from % channels) * 256)
  const pixelMean = pixelMeanOf(preprocessing, size, training)
  const mean = pixelMean === null ? null : Float32Array.from(source, (from) => pixelMean[from] ?? 0)
  return (images, count, out) => {
    for (let base = 0; base < count * size; base += size) {
      for (let at = 0; at < size; at++) {
        const byte = images[base + (source[at] ?? 0)] ?? 0
        out[base + at] = table[(tableStart[at] ?? 0) + byte] ?? 0
      }
      if (mean === null) continue
      for (let at = 0; at < size; at++) out[base + at] = (out[base + at] ?? 0) - (mean[at] ?? 0)
    }
  }
}

/**
 * For each place in the model's input, the place in the stored HWC image that it takes its value from. Signed, as sums of unsigned
 * numbers are not whole numbers to V8: a loop over them takes four times as long.
 */
function sourceOrder(
  { channelOrder, flatOrder }: Preprocessing,
  [height, width, channels]: ImageSpec['imageShape'],
  layout: InputLayout,
): Int32Array {
  const pixels = height * width
  const planar = layout === 'chw' || (layout === 'flat' && flatOrder === 'chw')
  return Int32Array.from({ length: pixels * channels }, (_, at) => {
    const pixel = planar ? at % pixels : Math.floor(at / channels)
    const place = planar ? Math.floor(at / pixels) : at % channels
    const channel = channelOrder === 'bgr' && channels === 3 ? 2 - place : place
    return pixel * channels + channel
  })
}

/** What each byte becomes, per stored channel. Mean and std belong to the stored channel (RGB), also for BGR models. */
function channelTables(
  preprocessing: Preprocessing,
  channels: number,
  training: TrainingStatistics | null,
): Float32Array[] {
  const table = (value: (byte: number) => number) =>
    Float32Array.from({ length: 256 }, (_, byte) => value(byte))
  const same = (value: (byte: number) => number) => new Array<Float32Array>(channels).fill(table(value))
  const { preset } = preprocessing
  if (preset === 'raw') return same((byte) => byte)
  if (preset === 'unit' || preset === 'unit-minus-pixel-mean') return same((byte) => byte / 255)
  if (preset === 'signed') return same((byte) => fround(byte / 127.5) - 1)
  const { mean, std } = preset === 'custom' ? preprocessing : needed(training, preset)
  return Array.from({ length: channels }, (_, channel) => {
    const centre = mean.length === 1 ? mean[0] : mean[channel]
    const spread = std.length === 1 ? std[0] : std[channel]
    if (centre === undefined || spread === undefined || !(fround(spread) > 0))
      throw new TaikaiError('PREPROCESSING_INVALID')
    return table((byte) => fround(byte - fround(centre)) / fround(spread))
  })
}

function pixelMeanOf(
  { preset }: Preprocessing,
  size: number,
  training: TrainingStatistics | null,
): Float32Array | null {
  if (preset !== 'unit-minus-pixel-mean') return null
  const { pixelMean } = needed(training, preset)
  if (pixelMean === null || pixelMean.length !== size)
    throw new TaikaiError('PREPROCESSING_UNAVAILABLE', { preset })
  return Float32Array.from(pixelMean, (mean) => mean / 255)
}

function needed(training: TrainingStatistics | null, preset: string): TrainingStatistics {
  if (training === null) throw new TaikaiError('PREPROCESSING_UNAVAILABLE', { preset })
  return training
}
