import { convolutionLayers } from '@taikai/shared/model/layers/convolution'
import { transposedConvolutionLayers } from '@taikai/shared/model/layers/transposed-convolution'
import {
  add,
  concat,
  conv1d,
  conv2d,
  conv2dTranspose,
  conv3d,
  depthwiseConv2d,
  expandDims,
  pad as padEdges,
  split,
  squeeze,
  type Tensor,
  type Tensor3D,
  type Tensor4D,
  type Tensor5D,
} from '@tensorflow/tfjs-core'
import { registerLayer, soleTensor, type Weights, weightOf } from './register-layer.ts'

const hasRank = {
  3: (x: Tensor): x is Tensor3D => x.rank === 3,
  4: (x: Tensor): x is Tensor4D => x.rank === 4,
  5: (x: Tensor): x is Tensor5D => x.rank === 5,
}
function rank3(x: Tensor): Tensor3D {
  if (hasRank[3](x)) return x
  throw new Error(`rank ${x.rank} instead of 3`)
}
function rank4(x: Tensor): Tensor4D {
  if (hasRank[4](x)) return x
  throw new Error(`rank ${x.rank} instead of 4`)
}
function rank5(x: Tensor): Tensor5D {
  if (hasRank[5](x)) return x
  throw new Error(`rank ${x.rank} instead of 5`)
}

const withBias = (x: Tensor, weights: Weights) => {
  const bias = weights.get('bias')
  return bias === undefined ? x : add(x, bias)
}
/** `[batch, time, channels]` as an image of one row, and a kernel over time as one of height 1. */
const asRow = (x: Tensor) => rank4(expandDims(x, 1))
const asRowKernel = (kernel: Tensor) => rank4(expandDims(kernel, 0))

/** One convolution per group of channels (Krizhevsky et al. 2012). */
function grouped(
  x: Tensor,
  kernel: Tensor,
  groups: number,
  convolve: (x: Tensor, kernel: Tensor) => Tensor,
): Tensor {
  const kernels = split(kernel, groups, -1)
  const parts = split(x, groups, -1).map((part, index) => convolve(part, kernels[index] ?? kernel))
  return concat(parts, -1)
}

/** Convolutions that TF.js lacks: in groups, and depthwise, separable or transposed ones over one axis. */
export function registerConvolution(): void {
  registerLayer('GroupedConv1D', convolutionLayers.Conv1D, (settings, inputs, weights) => {
    const { groups, strides, dilation_rate, padding, kernel_size } = settings
    const x = soleTensor(inputs)
    const [stride = 1] = strides
    const [dilation = 1] = dilation_rate
    const before = padding === 'causal' ? ((kernel_size[0] ?? 1) - 1) * dilation : 0
    const edges: [number, number][] = [
      [0, 0],
      [before, 0],
      [0, 0],
    ]
    const output = grouped(padEdges(x, edges), weightOf(weights, 'kernel'), groups, (part, kernel) =>
      conv1d(rank3(part), rank3(kernel), stride, pad(padding), 'NWC', dilation),
    )
    return withBias(output, weights)
  })

  registerLayer('GroupedConv2D', convolutionLayers.Conv2D, (settings, inputs, weights) => {
    const output = grouped(soleTensor(inputs), weightOf(weights, 'kernel'), settings.groups, (part, kernel) =>
      conv2d(
        rank4(part),
        rank4(kernel),
        pair(settings.strides),
        pad(settings.padding),
        'NHWC',
        pair(settings.dilation_rate),
      ),
    )
    return withBias(output, weights)
  })

  registerLayer('GroupedConv3D', convolutionLayers.Conv3D, (settings, inputs, weights) => {
    const output = grouped(soleTensor(inputs), weightOf(weights, 'kernel'), settings.groups, (part, kernel) =>
      conv3d(
        rank5(part),
        rank5(kernel),
        triple(settings.strides),
        pad(settings.padding),
        'NDHWC',
        triple(settings.dilation_rate),
      ),
    )
    return withBias(output, weights)
  })

  registerLayer('DepthwiseConv1D', convolutionLayers.DepthwiseConv1D, (settings, inputs, weights) =>
    withBias(squeeze(depthwiseRow(settings, soleTensor(inputs), weights), [1]), weights),
  )

  registerLayer('SeparableConv1D', convolutionLayers.SeparableConv1D, (settings, inputs, weights) => {
    const between = depthwiseRow(settings, soleTensor(inputs), weights)
    const output = conv2d(between, asRowKernel(weightOf(weights, 'pointwise_kernel')), 1, 'valid')
    return withBias(squeeze(output, [1]), weights)
  })

  registerLayer(
    'Conv1DTranspose',
    transposedConvolutionLayers.Conv1DTranspose,
    (settings, inputs, weights) => {
      const x = asRow(soleTensor(inputs))
      const [stride = 1] = settings.strides
      const [window = 1] = settings.kernel_size
      const grown = settings.padding === 'valid' ? Math.max(window - stride, 0) : 0
      const shape: [number, number, number, number] = [
        x.shape[0],
        1,
        x.shape[2] * stride + grown,
        settings.filters,
      ]
      const kernel = asRowKernel(weightOf(weights, 'kernel'))
      const output = conv2dTranspose(x, kernel, shape, [1, stride], pad(settings.padding))
      return withBias(squeeze(output, [1]), weights)
    },
  )
}

type Row = { strides: number[]; dilation_rate: number[]; padding: string }
function depthwiseRow({ strides, dilation_rate, padding }: Row, x: Tensor, weights: Weights): Tensor4D {
  const [stride = 1] = strides
  const [dilation = 1] = dilation_rate
  const kernel = asRowKernel(weightOf(weights, 'depthwise_kernel'))
  return depthwiseConv2d(asRow(x), kernel, [stride, stride], pad(padding), 'NHWC', [dilation, dilation])
}

const pad = (padding: string) => (padding === 'same' ? 'same' : 'valid')
const pair = ([rows = 1, columns = rows]: readonly number[]): [number, number] => [rows, columns]
const triple = ([first = 1, second = 1, third = 1]: readonly number[]): [number, number, number] => [
  first,
  second,
  third,
]
