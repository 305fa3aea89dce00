import { sizeOf } from '@taikai/shared/model/layers/layer-kind'
import { reshapingLayers } from '@taikai/shared/model/layers/reshaping'
import { z } from 'zod'
import type { GraphBuilder } from './graph-builder.ts'
import { resized } from './resizing.ts'
import { soleValue, type Translate, translator } from './translator.ts'
import { axisOf, channelsFirst, channelsLast, inOrder, plain, type Value } from './value.ts'

type Margins = readonly (readonly [before: number, after: number])[]

/** Zeros around each axis between batch and channels. */
function padded(graph: GraphBuilder, x: Value, margins: Margins): Value {
  const all = [[0, 0] as const, ...inOrder(x, [...margins, [0, 0] as const])]
  const pads = graph.integers([...all.map(([before]) => before), ...all.map(([, after]) => after)])
  return { ...x, shape: grown(x, margins, 1), name: graph.node('Pad', [x.name, pads]) }
}

/** Without the margins of each axis between batch and channels. */
export function cropped(graph: GraphBuilder, x: Value, margins: Margins): Value {
  const shape = grown(x, margins, -1)
  const starts = graph.integers(margins.map(([before]) => before))
  const ends = graph.integers(margins.map(([before], axis) => before + (shape[axis] ?? 0)))
  const axes = graph.integers(margins.map((_, axis) => axisOf(x, axis + 1)))
  return { ...x, shape, name: graph.node('Slice', [x.name, starts, ends, axes]) }
}

const grown = ({ shape }: Value, margins: Margins, sign: 1 | -1) =>
  shape.map((size, axis) => {
    const [before, after] = margins[axis] ?? [0, 0]
    return size + sign * (before + after)
  })

/** Every place `size` times along each axis. */
function enlarged(graph: GraphBuilder, input: Value, size: readonly number[]): Value {
  const x = channelsFirst(graph, input)
  const scales = graph.constant([1, 1, ...size])
  const name = graph.node('Resize', [x.name, '', scales], {
    mode: 'nearest',
    coordinate_transformation_mode: 'asymmetric',
    nearest_mode: 'floor',
  })
  return { ...x, name, shape: x.shape.map((length, axis) => length * (size[axis] ?? 1)) }
}

type Kinds = typeof reshapingLayers
type Along<Name extends string> = `${Name}${1 | 2 | 3}D`
const zeroPadding = (kind: Kinds[Along<'ZeroPadding'>]): Translate =>
  translator(kind, ({ graph, settings, inputs }) => padded(graph, soleValue(inputs), settings.padding))
const cropping = (kind: Kinds[Along<'Cropping'>]): Translate =>
  translator(kind, ({ graph, settings, inputs }) => cropped(graph, soleValue(inputs), settings.cropping))
const upSampling = (kind: Kinds[Along<'UpSampling'>]): Translate =>
  translator(kind, ({ graph, settings, inputs }) => {
    const x = soleValue(inputs)
    const { size, interpolation } = settings
    const [rows = 1, columns = 1] = size
    const [height = 1, width = 1] = x.shape
    // Only images know anything but the nearest place.
    return x.shape.length === 3 && interpolation === 'bilinear'
      ? resized(graph, x, [height * rows, width * columns], interpolation)
      : enlarged(graph, x, size)
  })

const target = z.object({ target_shape: z.array(z.number().int()) })

export const reshapingTranslators: Readonly<Record<string, Translate>> = {
  Flatten: translator(reshapingLayers.Flatten, ({ graph, inputs }) => {
    const x = channelsLast(graph, soleValue(inputs))
    return plain(graph.reshape(x.name, [-1, sizeOf(x.shape)]), [sizeOf(x.shape)])
  }),
  Reshape: ({ graph, config, inputs }) => {
    const x = channelsLast(graph, soleValue(inputs))
    const { target_shape } = target.parse(config)
    return [plain(graph.reshape(x.name, [-1, ...target_shape]), target_shape)]
  },
  Permute: translator(reshapingLayers.Permute, ({ graph, settings, inputs }) => {
    const x = channelsLast(graph, soleValue(inputs))
    const name = graph.transpose(x.name, [0, ...settings.dims])
    return plain(
      name,
      settings.dims.map((axis) => x.shape[axis - 1] ?? 1),
    )
  }),
  RepeatVector: translator(reshapingLayers.RepeatVector, ({ graph, settings, inputs }) => {
    const x = soleValue(inputs)
    const row = graph.node('Unsqueeze', [x.name, graph.integers([1])])
    return plain(graph.node('Tile', [row, graph.integers([1, settings.n, 1])]), [settings.n, ...x.shape])
  }),
  ZeroPadding1D: zeroPadding(reshapingLayers.ZeroPadding1D),
  ZeroPadding2D: zeroPadding(reshapingLayers.ZeroPadding2D),
  ZeroPadding3D: zeroPadding(reshapingLayers.ZeroPadding3D),
  Cropping1D: cropping(reshapingLayers.Cropping1D),
  Cropping2D: cropping(reshapingLayers.Cropping2D),
  Cropping3D: cropping(reshapingLayers.Cropping3D),
  UpSampling1D: upSampling(reshapingLayers.UpSampling1D),
  UpSampling2D: upSampling(reshapingLayers.UpSampling2D),
  UpSampling3D: upSampling(reshapingLayers.UpSampling3D),
}
