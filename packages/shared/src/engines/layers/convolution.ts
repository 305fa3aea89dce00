import {
  add,
  concat,
  conv1d,
  conv2d,
  conv3d,
  depthwiseConv2d,
  expandDims,
  pad,
  split,
  squeeze,
  type Tensor,
  type Tensor4D,
} from '@tensorflow/tfjs-core'
import { convolutionLayers } from '../../model/layers/convolution.ts'
import { padsOf } from '../windows.ts'
import { rank3, rank4, rank5 } from './ranks.ts'
import { registerLayer, soleTensor, type Weights, weightOf } from './register-layer.ts'

export const withBias = (x: Tensor, weights: Weights): Tensor => {
  const bias = weights.get('bias')
  return bias === undefined ? x : add(x, bias)
}
/** `[batch, time, channels]` as images of one row, and a kernel over time as one of height 1. */
export const asRow = (x: Tensor): Tensor4D => rank4(expandDims(x, 1))
export const asRowKernel = (kernel: Tensor): Tensor4D => rank4(expandDims(kernel, 0))

type Window = { kernel_size: number[]; strides: number[]; dilation_rate: number[]; padding: string }
/**
 * With the zeros around it that its padding means, so that the convolution needs none: the wasm kernels get `same` wrong where
 * windows leave out places along one axis and reach beyond the edge along another.
 */
function padded(x: Tensor, { kernel_size, strides, dilation_rate, padding }: Window): Tensor {
  const pads = padsOf(padding, x.shape.slice(1, -1), { size: kernel_size, strides, dilations: dilation_rate })
  const rank = kernel_size.length
  if (pads.every((count) => count === 0)) return x
  const edges = kernel_size.map((_, axis): [number, number] => [pads[axis] ?? 0, pads[axis + rank] ?? 0])
  return pad(x, [[0, 0], ...edges, [0, 0]])
}

/** One convolution per group of channels (Krizhevsky et al. 2012). */
function inGroups(
  x: Tensor,
  kernel: Tensor,
  groups: number,
  convolve: (x: Tensor, kernel: Tensor) => Tensor,
): Tensor {
  const kernels = split(kernel, groups, -1)
  const parts = split(x, groups, -1).map((part, index) => convolve(part, kernels[index] ?? kernel))
  return concat(parts, -1)
}

/**
 * Convolutions that TF.js lacks: in groups, causal, depthwise with a dilation, and depthwise or separable ones over one axis. And
 * those that it gets wrong: with strides that leave out places.
 */
export function registerConvolution(): void {
  registerLayer('GroupedConv1D', convolutionLayers.Conv1D, (settings, inputs, weights) => {
    const [stride = 1] = settings.strides
    const [dilation = 1] = settings.dilation_rate
    const x = padded(soleTensor(inputs), settings)
    const output = inGroups(x, weightOf(weights, 'kernel'), settings.groups, (part, kernel) =>
      conv1d(rank3(part), rank3(kernel), stride, 'valid', 'NWC', dilation),
    )
    return withBias(output, weights)
  })

  registerLayer('GroupedConv2D', convolutionLayers.Conv2D, (settings, inputs, weights) => {
    const [strides, dilations] = [pair(settings.strides), pair(settings.dilation_rate)]
    const x = padded(soleTensor(inputs), settings)
    const output = inGroups(x, weightOf(weights, 'kernel'), settings.groups, (part, kernel) =>
      conv2d(rank4(part), rank4(kernel), strides, 'valid', 'NHWC', dilations),
    )
    return withBias(output, weights)
  })

  registerLayer('GroupedConv3D', convolutionLayers.Conv3D, (settings, inputs, weights) => {
    const [strides, dilations] = [triple(settings.strides), triple(settings.dilation_rate)]
    const x = padded(soleTensor(inputs), settings)
    const output = inGroups(x, weightOf(weights, 'kernel'), settings.groups, (part, kernel) =>
      conv3d(rank5(part), rank5(kernel), strides, 'valid', 'NDHWC', dilations),
    )
    return withBias(output, weights)
  })

  registerLayer('DilatedDepthwiseConv2D', convolutionLayers.DepthwiseConv2D, (settings, inputs, weights) => {
    return withBias(depthwiseImage(settings, soleTensor(inputs), weights), weights)
  })

  registerLayer('SeparableConv2D', convolutionLayers.SeparableConv2D, (settings, inputs, weights) => {
    const between = depthwiseImage(settings, soleTensor(inputs), weights)
    return withBias(conv2d(between, rank4(weightOf(weights, 'pointwise_kernel')), 1, 'valid'), weights)
  })

  registerLayer('DepthwiseConv1D', convolutionLayers.DepthwiseConv1D, (settings, inputs, weights) =>
    withBias(squeeze(depthwiseRow(settings, soleTensor(inputs), weights), [1]), weights),
  )

  registerLayer('SeparableConv1D', convolutionLayers.SeparableConv1D, (settings, inputs, weights) => {
    const between = depthwiseRow(settings, soleTensor(inputs), weights)
    const output = conv2d(between, asRowKernel(weightOf(weights, 'pointwise_kernel')), 1, 'valid')
    return withBias(squeeze(output, [1]), weights)
  })
}

function depthwiseImage(settings: Window, x: Tensor, weights: Weights): Tensor4D {
  const kernel = rank4(weightOf(weights, 'depthwise_kernel'))
  const image = rank4(padded(x, settings))
  const [strides, dilations] = [pair(settings.strides), pair(settings.dilation_rate)]
  return depthwiseConv2d(image, kernel, strides, 'valid', 'NHWC', dilations)
}

function depthwiseRow(settings: Window, x: Tensor, weights: Weights): Tensor4D {
  const [stride = 1] = settings.strides
  const [dilation = 1] = settings.dilation_rate
  const kernel = asRowKernel(weightOf(weights, 'depthwise_kernel'))
  const row = asRow(padded(x, settings))
  return depthwiseConv2d(row, kernel, [stride, stride], 'valid', 'NHWC', [dilation, dilation])
}

const pair = ([rows = 1, columns = rows]: readonly number[]): [number, number] => [rows, columns]
const triple = ([first = 1, second = 1, third = 1]: readonly number[]): [number, number, number] => [
  first,
  second,
  third,
]
