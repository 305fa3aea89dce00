import fc from 'fast-check'
import { type Cases, one, padding, perAxis, shapeOf, whole } from './arbitraries.ts'
import { activation } from './value-cases.ts'

const flags = { use_bias: fc.boolean(), activation }
/** Strides or a dilation: Keras takes one of both. */
const sliding = (rank: number, kernel = 3) =>
  fc
    .tuple(perAxis(rank, 1, kernel), whole(1, 3), whole(1, 2), fc.boolean())
    .map(([kernel_size, stride, dilation, strided]) => ({
      kernel_size,
      strides: strided ? stride : 1,
      dilation_rate: strided ? 1 : dilation,
    }))

const convolution = (rank: 1 | 2 | 3) =>
  fc.constantFrom(1, 2, 3).chain((groups) =>
    one(
      `Conv${rank}D`,
      shapeOf(rank).map((shape) => shape.with(-1, groups * (shape.at(-1) ?? 1))),
      fc
        .tuple(
          sliding(rank),
          fc.record({
            ...flags,
            filters: whole(1, 3).map((count) => count * groups),
            padding: rank === 1 ? fc.constantFrom('valid', 'same', 'causal') : padding,
          }),
        )
        .map(([window, settings]) => ({ ...window, ...settings, groups })),
    ),
  )
const depthwise = (rank: 1 | 2) =>
  one(
    `DepthwiseConv${rank}D`,
    shapeOf(rank),
    fc
      .tuple(sliding(rank), fc.record({ ...flags, depth_multiplier: whole(1, 3), padding }))
      .map(([window, settings]) => ({ ...window, ...settings })),
  )
const separable = (rank: 1 | 2) =>
  one(
    `SeparableConv${rank}D`,
    shapeOf(rank),
    fc
      .tuple(
        sliding(rank),
        fc.record({ ...flags, filters: whole(1, 5), depth_multiplier: whole(1, 3), padding }),
      )
      .map(([window, settings]) => ({ ...window, ...settings })),
  )
const transposed = (rank: 1 | 2 | 3) =>
  one(
    `Conv${rank}DTranspose`,
    shapeOf(rank, 4),
    fc.record({
      ...flags,
      filters: whole(1, 4),
      kernel_size: perAxis(rank, 1, 4),
      strides: perAxis(rank, 1, 3),
      padding,
    }),
  )
const pooling = (kind: 'Max' | 'Average', rank: 1 | 2 | 3) =>
  one(
    `${kind}Pooling${rank}D`,
    shapeOf(rank),
    fc.record({ pool_size: perAxis(rank, 1, 3), strides: fc.option(perAxis(rank, 1, 3)), padding }),
  )
const globalPooling = (kind: 'Max' | 'Average', rank: 1 | 2 | 3) =>
  one(`Global${kind}Pooling${rank}D`, shapeOf(rank), fc.record({ keepdims: fc.boolean() }))
const margins = (rank: number, most: number) =>
  fc.array(fc.tuple(whole(0, most), whole(0, most)), { minLength: rank, maxLength: rank })
const ranks = [1, 2, 3] as const

/** Layers over places: convolutions, poolings, and what moves or scales images. */
export const imageCases: Cases = {
  ...Object.fromEntries(
    ranks.flatMap((rank) => [
      [`Conv${rank}D`, convolution(rank)],
      [`Conv${rank}DTranspose`, transposed(rank)],
      [`MaxPooling${rank}D`, pooling('Max', rank)],
      [`AveragePooling${rank}D`, pooling('Average', rank)],
      [`GlobalMaxPooling${rank}D`, globalPooling('Max', rank)],
      [`GlobalAveragePooling${rank}D`, globalPooling('Average', rank)],
      [
        `ZeroPadding${rank}D`,
        one(`ZeroPadding${rank}D`, shapeOf(rank), fc.record({ padding: margins(rank, 2) })),
      ],
      [`Cropping${rank}D`, one(`Cropping${rank}D`, shapeOf(rank), fc.record({ cropping: margins(rank, 2) }))],
      [
        `UpSampling${rank}D`,
        one(
          `UpSampling${rank}D`,
          shapeOf(rank, 4),
          fc.record({
            size: perAxis(rank, 1, 3),
            interpolation: rank === 2 ? fc.constantFrom('nearest', 'bilinear') : fc.constant('nearest'),
          }),
        ),
      ],
    ]),
  ),
  DepthwiseConv1D: depthwise(1),
  DepthwiseConv2D: depthwise(2),
  SeparableConv1D: separable(1),
  SeparableConv2D: separable(2),
  Resizing: one(
    'Resizing',
    shapeOf(2),
    fc.record({
      height: whole(1, 9),
      width: whole(1, 9),
      interpolation: fc.constantFrom('nearest', 'bilinear'),
    }),
  ),
  CenterCrop: one('CenterCrop', shapeOf(2), fc.record({ height: whole(1, 5), width: whole(1, 5) })),
}
