import { transposedConvolutionLayers } from '@taikai/shared/model/layers/transposed-convolution'
import { activate } from './activations.ts'
import { soleValue, type Translate, translator, weightOf } from './translator.ts'
import { channelsFirst, type Value } from './value.ts'

type Kinds = typeof transposedConvolutionLayers

/** `same` gives length × stride places, `valid` as many more as windows overlap; where a window is smaller than the stride, zeros follow. */
const transposed = (kind: Kinds[keyof Kinds]): Translate =>
  translator(kind, ({ graph, settings, inputs, weights }) => {
    const { kernel_size, strides, filters, padding } = settings
    const x = channelsFirst(graph, soleValue(inputs))
    const overlaps = kernel_size.map((size, axis) => size - (strides[axis] ?? 1))
    const cut = overlaps.map((overlap) => (padding === 'same' ? Math.max(overlap, 0) : 0))
    const rank = kernel_size.length
    const window = Array.from({ length: rank }, (_, axis) => axis)
    const kernel = graph.weight(weightOf(weights, 'kernel'), { axes: [rank + 1, rank, ...window] })
    const bias = weights.get('bias')
    const name = graph.node(
      'ConvTranspose',
      [x.name, kernel, ...(bias === undefined ? [] : [graph.weight(bias)])],
      {
        kernel_shape: kernel_size,
        strides,
        pads: [...cut.map((total) => Math.floor(total / 2)), ...cut.map((total) => Math.ceil(total / 2))],
        output_padding: overlaps.map((overlap) => Math.max(-overlap, 0)),
      },
    )
    const positions = overlaps.map(
      (overlap, axis) =>
        (x.shape[axis] ?? 1) * (strides[axis] ?? 1) + (padding === 'same' ? 0 : Math.max(overlap, 0)),
    )
    const output: Value = { name, shape: [...positions, filters], channels: 'first' }
    return activate(graph, settings.activation, output)
  })

export const transposedConvolutionTranslators: Readonly<Record<string, Translate>> = {
  Conv1DTranspose: transposed(transposedConvolutionLayers.Conv1DTranspose),
  Conv2DTranspose: transposed(transposedConvolutionLayers.Conv2DTranspose),
  Conv3DTranspose: transposed(transposedConvolutionLayers.Conv3DTranspose),
}
