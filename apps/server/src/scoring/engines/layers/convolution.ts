import { convolutionLayers } from '@taikai/shared/model/layers/convolution'
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
import { rank3, rank4, rank5 } from './ranks.ts'
import { registerLayer, soleTensor, type Weights, weightOf } from './register-layer.ts'

export const withBias = (x: Tensor, weights: Weights): Tensor => {
  const bias = weights.get('bias')
  return bias === undefined ? x : add(x, bias)
}
/** `[batch, time, channels]` as images of one row, and a kernel over time as one of height 1. */
export const asRow = (x: Tensor): Tensor4D => rank4(expandDims(x, 1))
export const asRowKernel = (kernel: Tensor): Tensor4D => rank4(expandDims(kernel, 0))
export const plainPadding = (padding: string) => (padding === 'same' ? 'same' : 'valid')

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

/** Convolutions that TF.js lacks: in groups, causal, depthwise with a dilation, and depthwise or separable ones over one axis. */
export function registerConvolution(): void {
  registerLayer('GroupedConv1D', convolutionLayers.Conv1D, (settings, inputs, weights) => {
    const [stride = 1] = settings.strides
    const [dilation = 1] = settings.dilation_rate
    const [window = 1] = settings.kernel_size
    const before = settings.padding === 'causal' ? (window - 1) * dilation : 0
    const edges: [number, number][] = [
      [0, 0],
      [before, 0],
      [0, 0],
    ]
    const x = pad(soleTensor(inputs), edges)
    const output = inGroups(x, weightOf(weights, 'kernel'), settings.groups, (part, kernel) =>
      conv1d(rank3(part), rank3(kernel), stride, plainPadding(settings.padding), 'NWC', dilation),
    )
    return withBias(output, weights)
  })

  registerLayer('GroupedConv2D', convolutionLayers.Conv2D, (settings, inputs, weights) => {
    const [strides, dilations] = [pair(settings.strides), pair(settings.dilation_rate)]
    const padding = plainPadding(settings.padding)
    const output = inGroups(
      soleTensor(inputs),
      weightOf(weights, 'kernel'),
      settings.groups,
      (part, kernel) => conv2d(rank4(part), rank4(kernel), strides, padding, 'NHWC', dilations),
    )
    return withBias(output, weights)
  })

  registerLayer('GroupedConv3D', convolutionLayers.Conv3D, (settings, inputs, weights) => {
    const [strides, dilations] = [triple(settings.strides), triple(settings.dilation_rate)]
    const padding = plainPadding(settings.padding)
    const output = inGroups(
      soleTensor(inputs),
      weightOf(weights, 'kernel'),
      settings.groups,
      (part, kernel) => conv3d(rank5(part), rank5(kernel), strides, padding, 'NDHWC', dilations),
    )
    return withBias(output, weights)
  })

  registerLayer('DilatedDepthwiseConv2D', convolutionLayers.DepthwiseConv2D, (settings, inputs, weights) => {
    const kernel = rank4(weightOf(weights, 'depthwise_kernel'))
    const padding = plainPadding(settings.padding)
    const x = rank4(soleTensor(inputs))
    return withBias(depthwiseConv2d(x, kernel, 1, padding, 'NHWC', pair(settings.dilation_rate)), weights)
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

type Row = { strides: number[]; dilation_rate: number[]; padding: string }
function depthwiseRow({ strides, dilation_rate, padding }: Row, x: Tensor, weights: Weights): Tensor4D {
  const [stride = 1] = strides
  const [dilation = 1] = dilation_rate
  const kernel = asRowKernel(weightOf(weights, 'depthwise_kernel'))
  return depthwiseConv2d(asRow(x), kernel, [stride, stride], plainPadding(padding), 'NHWC', [
    dilation,
    dilation,
  ])
}

const pair = ([rows = 1, columns = rows]: readonly number[]): [number, number] => [rows, columns]
const triple = ([first = 1, second = 1, third = 1]: readonly number[]): [number, number, number] => [
  first,
  second,
  third,
]
