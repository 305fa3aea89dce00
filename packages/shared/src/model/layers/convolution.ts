import { z } from 'zod'
import { activation } from './activation.ts'
import {
  axisSize,
  channelsLast,
  count,
  flag,
  LayerFault,
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

/** What every convolution over `rank` spatial axes is told. */
export const convolutionSchema = (rank: number) =>
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

const slide = (input: Shape, { kernel_size, strides, dilation_rate, padding: pad }: Window) => {
  if (Math.max(...strides) > 1 && Math.max(...dilation_rate) > 1)
    throw new LayerFault('has both strides and a dilation')
  return kernel_size.map((size, axis) =>
    windowedLength(axisSize(input, axis), size, axisSize(strides, axis), pad, axisSize(dilation_rate, axis)),
  )
}
/** Whether strides beyond the window meet `same` padding, which TF.js' kernels get wrong. */
const leavesOut = ({ kernel_size, strides, padding: pad }: Window) =>
  pad === 'same' && kernel_size.some((size, axis) => axisSize(strides, axis) > size)
export const biasOf = (use: boolean, size: number) => (use ? [{ name: 'bias', shape: [size] }] : [])

const optionalCount = count.nullish().transform((value) => value ?? 1)
const causal = z
  .enum(['valid', 'same', 'causal'])
  .nullish()
  .transform((value) => value ?? 'valid')

const convolution = (rank: 1 | 2 | 3) => {
  const schema = convolutionSchema(rank).extend({
    filters: count,
    groups: optionalCount,
    padding: rank === 1 ? causal : padding,
    kernel_initializer: zeros,
  })
  return layerKind(schema, (config, inputs) => {
    const input = soleInput(inputs, rank + 1)
    const channels = axisSize(input, -1)
    if (channels % config.groups !== 0 || config.filters % config.groups !== 0)
      throw new LayerFault('its channels cannot be divided into its groups')
    const kernel = [...config.kernel_size, channels / config.groups, config.filters]
    const positions = slide(input, config)
    return {
      outputs: [[...positions, config.filters]],
      weights: [{ name: 'kernel', shape: kernel }, ...biasOf(config.use_bias, config.filters)],
      macs: sizeOf(positions) * sizeOf(kernel),
      // TF.js knows no groups and would not say so, and no causal padding.
      ...(config.groups > 1 || config.padding === 'causal' || leavesOut(config)
        ? { engine: { className: `GroupedConv${rank}D`, config } }
        : {}),
    }
  })
}

const depthwise = (rank: 1 | 2) =>
  layerKind(
    convolutionSchema(rank).extend({ depth_multiplier: optionalCount, depthwise_initializer: zeros }),
    (config, inputs) => {
      const input = soleInput(inputs, rank + 1)
      const kernel = [...config.kernel_size, axisSize(input, -1), config.depth_multiplier]
      const channels = axisSize(input, -1) * config.depth_multiplier
      const positions = slide(input, config)
      return {
        outputs: [[...positions, channels]],
        weights: [{ name: 'depthwise_kernel', shape: kernel }, ...biasOf(config.use_bias, channels)],
        macs: sizeOf(positions) * sizeOf(kernel),
        // TF.js leaves the dilation out without a word.
        ...(rank === 2 && (Math.max(...config.dilation_rate) > 1 || leavesOut(config))
          ? { engine: { className: 'DilatedDepthwiseConv2D', config } }
          : {}),
      }
    },
  )

const separable = (rank: 1 | 2) =>
  layerKind(
    convolutionSchema(rank).extend({
      filters: count,
      depth_multiplier: optionalCount,
      depthwise_initializer: zeros,
      pointwise_initializer: zeros,
    }),
    (config, inputs) => {
      const input = soleInput(inputs, rank + 1)
      const between = axisSize(input, -1) * config.depth_multiplier
      const depth = [...config.kernel_size, axisSize(input, -1), config.depth_multiplier]
      const point = [...new Array<number>(rank).fill(1), between, config.filters]
      const positions = slide(input, config)
      return {
        outputs: [[...positions, config.filters]],
        weights: [
          { name: 'depthwise_kernel', shape: depth },
          { name: 'pointwise_kernel', shape: point },
          ...biasOf(config.use_bias, config.filters),
        ],
        macs: sizeOf(positions) * (sizeOf(depth) + sizeOf(point)),
        working: sizeOf(positions) * between,
      }
    },
  )

export const convolutionLayers = {
  Conv1D: convolution(1),
  Conv2D: convolution(2),
  Conv3D: convolution(3),
  DepthwiseConv1D: depthwise(1),
  DepthwiseConv2D: depthwise(2),
  SeparableConv1D: separable(1),
  SeparableConv2D: separable(2),
}
