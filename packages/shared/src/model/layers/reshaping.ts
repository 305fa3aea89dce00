import { z } from 'zod'
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

const flatten = layerKind(z.object({ data_format: channelsLast }), (_config, inputs) =>
  reshaped([sizeOf(soleInput(inputs))]),
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
    return reshaped(target_shape.map((size) => (size === null || size < 0 ? total / known : size)))
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

/** Margins of the two spatial axes: `n`, `[rows, columns]` or `[[top, bottom], [left, right]]`. */
const margins = z
  .union([
    natural.transform((all) => [
      [all, all],
      [all, all],
    ]),
    z.tuple([natural, natural]).transform(([rows, columns]) => [
      [rows, rows],
      [columns, columns],
    ]),
    z.tuple([z.tuple([natural, natural]), z.tuple([natural, natural])]),
  ])
  .transform(([rows = [0, 0], columns = [0, 0]]) => [rows, columns])

const grown = (sign: 1 | -1, sizes: number[][], inputs: readonly Shape[]) => {
  const [height = 0, width = 0, channels = 0] = soleInput(inputs, 3)
  const [rows = [], columns = []] = sizes
  const margin = (pair: number[]) => sign * pair.reduce((sum, size) => sum + size, 0)
  const output = [height + margin(rows), width + margin(columns), channels]
  if (output.some((size) => size < 1)) throw new LayerFault('crops the whole image away')
  return reshaped(output)
}

const one = z.object({ data_format: channelsLast })

export const reshapingLayers: Readonly<Record<string, LayerKind>> = {
  Flatten: flatten,
  Reshape: reshape,
  Permute: permute,
  RepeatVector: repeatVector,
  ZeroPadding2D: layerKind(
    one.extend({
      padding: margins.nullish().transform(
        (value) =>
          value ?? [
            [1, 1],
            [1, 1],
          ],
      ),
    }),
    ({ padding }, inputs) => grown(1, padding, inputs),
  ),
  Cropping2D: layerKind(one.extend({ cropping: margins }), ({ cropping }, inputs) =>
    grown(-1, cropping, inputs),
  ),
  UpSampling2D: layerKind(
    one.extend({
      size: perAxis(2, 2),
      interpolation: z
        .enum(['nearest', 'bilinear'])
        .nullish()
        .transform((value) => value ?? 'nearest'),
    }),
    ({ size }, inputs) => {
      const [height = 0, width = 0, channels = 0] = soleInput(inputs, 3)
      return reshaped([height * axisSize(size, 0), width * axisSize(size, 1), channels])
    },
  ),
  // Resizing and CenterCrop are left out: TF.js 4.22 forgets the batch dimension in their output shapes.
}
