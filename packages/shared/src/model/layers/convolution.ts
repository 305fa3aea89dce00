import { z } from 'zod'
import {
  activation,
  axisSize,
  channelsLast,
  count,
  flag,
  LayerFault,
  type LayerKind,
  layerKind,
  padding,
  perAxis,
  type Shape,
  sizeOf,
  soleInput,
  zeros,
} from './layer-kind.ts'

/** Output length of one axis of a convolution or pooling window (Keras' conv_output_length). */
export function windowedLength(
  length: number,
  window: number,
  stride: number,
  pad: string,
  dilation = 1,
): number {
  const span = (window - 1) * dilation + 1
  const output = pad === 'valid' ? Math.floor((length - span) / stride) + 1 : Math.ceil(length / stride)
  if (output < 1) throw new LayerFault('its window is larger than the image that reaches it')
  return output
}

const shared = (rank: number) =>
  z.object({
    kernel_size: perAxis(rank),
    strides: perAxis(rank, 1),
    dilation_rate: perAxis(rank, 1),
    padding,
    data_format: channelsLast,
    activation: activation(),
    use_bias: flag(true),
    bias_initializer: zeros,
  })
type Window = { kernel_size: number[]; strides: number[]; dilation_rate: number[]; padding: string }

const slide = (input: Shape, { kernel_size, strides, dilation_rate, padding: pad }: Window) =>
  kernel_size.map((size, axis) =>
    windowedLength(axisSize(input, axis), size, axisSize(strides, axis), pad, axisSize(dilation_rate, axis)),
  )
const biasOf = (use: boolean, size: number) => (use ? [{ name: 'bias', shape: [size] }] : [])

// Causal padding is left out: TF.js 4.22 declares another length for it than it computes.
const convolution = (rank: 1 | 2 | 3): LayerKind => {
  const schema = shared(rank).extend({ filters: count, kernel_initializer: zeros })
  return layerKind(schema, (config, inputs) => {
    const input = soleInput(inputs, rank + 1)
    const kernel = [...config.kernel_size, axisSize(input, -1), config.filters]
    const positions = slide(input, config)
    return {
      outputs: [[...positions, config.filters]],
      weights: [{ name: 'kernel', shape: kernel }, ...biasOf(config.use_bias, config.filters)],
      macs: sizeOf(positions) * sizeOf(kernel),
    }
  })
}

const transposed = (rank: 2 | 3): LayerKind =>
  layerKind(shared(rank).extend({ filters: count, kernel_initializer: zeros }), (config, inputs) => {
    const input = soleInput(inputs, rank + 1)
    const channels = axisSize(input, -1)
    const kernel = [...config.kernel_size, config.filters, channels]
    const positions = config.kernel_size.map((size, axis) => {
      const stride = axisSize(config.strides, axis)
      return axisSize(input, axis) * stride + (config.padding === 'valid' ? Math.max(size - stride, 0) : 0)
    })
    return {
      outputs: [[...positions, config.filters]],
      weights: [{ name: 'kernel', shape: kernel }, ...biasOf(config.use_bias, config.filters)],
      macs: sizeOf(input.slice(0, -1)) * sizeOf(kernel), // each input position is spread over one kernel
    }
  })

const depthMultiplier = count.nullish().transform((value) => value ?? 1)

const depthwise = layerKind(
  shared(2).extend({ depth_multiplier: depthMultiplier, depthwise_initializer: zeros }),
  (config, inputs) => {
    const input = soleInput(inputs, 3)
    const kernel = [...config.kernel_size, axisSize(input, -1), config.depth_multiplier]
    const channels = axisSize(input, -1) * config.depth_multiplier
    const positions = slide(input, config)
    return {
      outputs: [[...positions, channels]],
      weights: [{ name: 'depthwise_kernel', shape: kernel }, ...biasOf(config.use_bias, channels)],
      macs: sizeOf(positions) * sizeOf(kernel),
    }
  },
)

const separable = layerKind(
  shared(2).extend({
    filters: count,
    depth_multiplier: depthMultiplier,
    depthwise_initializer: zeros,
    pointwise_initializer: zeros,
  }),
  (config, inputs) => {
    const input = soleInput(inputs, 3)
    const depth = [...config.kernel_size, axisSize(input, -1), config.depth_multiplier]
    const point = [1, 1, axisSize(input, -1) * config.depth_multiplier, config.filters]
    const positions = slide(input, config)
    return {
      outputs: [[...positions, config.filters]],
      weights: [
        { name: 'depthwise_kernel', shape: depth },
        { name: 'pointwise_kernel', shape: point },
        ...biasOf(config.use_bias, config.filters),
      ],
      macs: sizeOf(positions) * (sizeOf(depth) + sizeOf(point)),
    }
  },
)

export const convolutionLayers: Readonly<Record<string, LayerKind>> = {
  Conv1D: convolution(1),
  Conv2D: convolution(2),
  Conv3D: convolution(3),
  Conv2DTranspose: transposed(2),
  Conv3DTranspose: transposed(3),
  DepthwiseConv2D: depthwise,
  SeparableConv2D: separable,
}
