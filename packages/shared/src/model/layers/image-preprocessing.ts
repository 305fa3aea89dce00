import { z } from 'zod'
import { axisSize, channelsLast, count, flag, LayerFault, layerKind, only, soleInput } from './layer-kind.ts'
import { unsupportedMark } from './unsupported.ts'

/** Flat numbers of a constant: one number, a list of any depth, or what Keras writes for a NumPy array. */
const numbers = z.unknown().transform((value, context): number[] => {
  const array = numpyArray.safeParse(value)
  const given = array.success ? array.data : value
  const flat = Array.isArray(given) ? given.flat(Number.POSITIVE_INFINITY) : [given]
  const parsed = z.array(z.number()).min(1).max(100_000).safeParse(flat)
  if (parsed.success) return parsed.data
  context.addIssue('is no number and no list of numbers')
  return z.NEVER
})
const numpyArray = z.union([
  z.object({ type: z.literal('ndarray'), value: z.unknown() }).transform(({ value }) => value),
  z
    .object({ class_name: z.literal('__numpy__'), config: z.object({ value: z.unknown() }) })
    .transform(({ config }) => config.value),
])

const rescaling = layerKind(
  z.object({ scale: numbers, offset: numbers.optional().transform((offset) => offset ?? [0]) }),
  ({ scale, offset }, inputs) => {
    const input = soleInput(inputs)
    const channels = axisSize(input, -1)
    if ([scale, offset].some(({ length }) => length !== 1 && length !== channels))
      throw new LayerFault('scale or offset has not one number per channel')
    return { outputs: [input], weights: [], macs: 0 }
  },
)

/** `axis` are the axes that have an own mean each, counted with the batch dimension; none is one mean for all. */
const normalization = layerKind(
  z.object({
    axis: z
      .union([z.number().int(), z.array(z.number().int()).max(8)])
      .nullish()
      .transform((axis) => (typeof axis === 'number' ? [axis] : (axis ?? []))),
    mean: z.union([z.null(), numbers]).optional(),
    variance: z.union([z.null(), numbers]).optional(),
    invert: flag(false),
  }),
  ({ axis, mean, variance }, inputs) => {
    const input = soleInput(inputs)
    const shape = keptAxes(axis, input.length + 1).map((at) => axisSize(input, at - 1))
    if (mean === null || mean === undefined) {
      const weights = [
        { name: 'mean', shape },
        { name: 'variance', shape },
        { name: 'count', shape: [] }, // how many images it was adapted to: of no use here, but in every file
      ]
      return { outputs: [input], weights, macs: 0 }
    }
    const last = shape.at(-1) ?? 1
    if ([mean, variance ?? []].some(({ length }) => length !== 1 && length !== last))
      throw new LayerFault('mean or variance has not one number per place of the axis')
    return { outputs: [input], weights: [], macs: 0 }
  },
)

/** The axes with an own mean in ascending order, of `rank` with the batch dimension. */
export function keptAxes(axis: readonly number[], rank: number): number[] {
  const kept = axis.map((one) => (one < 0 ? rank + one : one)).toSorted((a, b) => a - b)
  if (kept.some((at, index) => at < 1 || at >= rank || at === kept[index - 1]))
    throw new LayerFault('axis is out of range')
  return kept
}

/** What images can be scaled with: the half-pixel grids of TensorFlow 2. */
const interpolation = (byDefault: 'nearest' | 'bilinear') =>
  z
    .string()
    .nullish()
    .transform((value, context): 'nearest' | 'bilinear' => {
      const given = (value ?? byDefault).toLowerCase()
      if (given === 'nearest' || given === 'bilinear') return given
      context.addIssue(`${unsupportedMark}interpolation=${given.slice(0, 20)}`)
      return z.NEVER
    })

const resizing = layerKind(
  z.object({
    height: count,
    width: count,
    interpolation: interpolation('bilinear'),
    crop_to_aspect_ratio: flag(false),
    pad_to_aspect_ratio: only(false, 'Resizing(pad_to_aspect_ratio=True)'),
    antialias: only(false, 'Resizing(antialias=True)'),
    data_format: channelsLast,
  }),
  ({ height, width, crop_to_aspect_ratio }, inputs) => {
    const input = soleInput(inputs, 3)
    if (crop_to_aspect_ratio && axisSize(input, 0) * width !== axisSize(input, 1) * height)
      throw new LayerFault('crops to another aspect ratio')
    return { outputs: [[height, width, axisSize(input, 2)]], weights: [], macs: 0 }
  },
)

const centerCrop = layerKind(
  z.object({ height: count, width: count, data_format: channelsLast }),
  ({ height, width }, inputs) => {
    const input = soleInput(inputs, 3)
    if (height > axisSize(input, 0) || width > axisSize(input, 1))
      throw new LayerFault('crops to more than its input has')
    return { outputs: [[height, width, axisSize(input, 2)]], weights: [], macs: 0 }
  },
)

export const imagePreprocessingLayers = {
  Rescaling: rescaling,
  Normalization: normalization,
  Resizing: resizing,
  CenterCrop: centerCrop,
}

export const upSamplingInterpolation = interpolation('nearest')
