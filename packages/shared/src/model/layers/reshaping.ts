import { z } from 'zod'
import { upSamplingInterpolation } from './image-preprocessing.ts'
import {
  axisSize,
  channelsLast,
  count,
  LayerFault,
  type LayerKind,
  layerKind,
  natural,
  perAxis,
  type Shape,
  sizeOf,
  soleInput,
} from './layer-kind.ts'

const reshaped = (outputs: Shape) => ({ outputs: [outputs], weights: [], macs: 0 })
/** The same values in the same order. */
const rearranged = (output: Shape) => ({ ...reshaped(output), passesOn: true })

const flatten = layerKind(z.object({ data_format: channelsLast }), (_config, inputs) =>
  rearranged([sizeOf(soleInput(inputs))]),
)

const openReshape = layerKind(
  z.object({ target_shape: z.array(z.union([count, z.literal(-1), z.null()])).max(8) }),
  ({ target_shape }, inputs) => {
    const total = sizeOf(soleInput(inputs))
    const known = target_shape.reduce<number>(
      (product, size) => product * (size === null || size < 0 ? 1 : size),
      1,
    )
    const open = target_shape.filter((size) => size === null || size < 0).length
    if (open > 1 || (open === 1 ? total % known !== 0 : total !== known))
      throw new LayerFault('target_shape does not hold as many values as the input')
    return rearranged(target_shape.map((size) => (size === null || size < 0 ? total / known : size)))
  },
)

/** The engine gets the sizes worked out: TF.js leaves a −1 open, and layers after it could not be built. */
const reshape: LayerKind = (untrusted, inputs) => {
  const described = openReshape(untrusted, inputs)
  return { ...described, config: { target_shape: described.outputs[0] } }
}

const permute = layerKind(z.object({ dims: z.array(count).max(8) }), ({ dims }, inputs) => {
  const input = soleInput(inputs)
  if (dims.length !== input.length || new Set(dims).size !== dims.length)
    throw new LayerFault('dims is not a permutation of the input')
  return reshaped(dims.map((dim) => axisSize(input, dim - 1)))
})

const repeatVector = layerKind(z.object({ n: count }), ({ n }, inputs) =>
  reshaped([n, ...soleInput(inputs, 1)]),
)

type Margin = readonly [before: number, after: number]
const margin = z.union([natural.transform((all): Margin => [all, all]), z.tuple([natural, natural])])

/** Margins of each spatial axis: `n`, `[rows, columns]` or `[[top, bottom], [left, right]]`; one axis: `n` or `[before, after]`. */
const margins = (rank: number) =>
  rank === 1
    ? z.union([margin, z.tuple([margin]).transform(([only]) => only)]).transform((only): Margin[] => [only])
    : z.union([
        natural.transform((all) => new Array<Margin>(rank).fill([all, all])),
        z.array(margin).length(rank),
      ])

const grown = (sign: 1 | -1, sizes: readonly Margin[], inputs: readonly Shape[]) => {
  const input = soleInput(inputs, sizes.length + 1)
  const positions = sizes.map(([before, after], axis) => axisSize(input, axis) + sign * (before + after))
  if (positions.some((size) => size < 1)) throw new LayerFault('crops the whole image away')
  return reshaped([...positions, axisSize(input, -1)])
}

const cropping = (rank: 1 | 2 | 3) =>
  layerKind(
    z.object({
      data_format: channelsLast,
      cropping: margins(rank)
        .nullish()
        .transform((value) => value ?? new Array<Margin>(rank).fill(rank === 2 ? [0, 0] : [1, 1])),
    }),
    (config, inputs) => grown(-1, config.cropping, inputs),
  )

const zeroPadding = (rank: 1 | 2 | 3) =>
  layerKind(
    z.object({
      data_format: channelsLast,
      padding: margins(rank)
        .nullish()
        .transform((value) => value ?? new Array<Margin>(rank).fill([1, 1])),
    }),
    (config, inputs) => grown(1, config.padding, inputs),
  )

const upSampling = (rank: 1 | 2 | 3) =>
  layerKind(
    z.object({
      data_format: channelsLast,
      size: perAxis(rank, 2),
      interpolation: upSamplingInterpolation,
    }),
    ({ size }, inputs) => {
      const input = soleInput(inputs, rank + 1)
      return reshaped([...size.map((times, axis) => axisSize(input, axis) * times), axisSize(input, -1)])
    },
  )

export const reshapingLayers = {
  Flatten: flatten,
  Reshape: reshape,
  Permute: permute,
  RepeatVector: repeatVector,
  ZeroPadding1D: zeroPadding(1),
  ZeroPadding2D: zeroPadding(2),
  ZeroPadding3D: zeroPadding(3),
  Cropping1D: cropping(1),
  Cropping2D: cropping(2),
  Cropping3D: cropping(3),
  UpSampling1D: upSampling(1),
  UpSampling2D: upSampling(2),
  UpSampling3D: upSampling(3),
}
