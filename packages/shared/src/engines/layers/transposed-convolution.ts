import {
  conv2dTranspose,
  conv3d,
  expandDims,
  pad,
  reshape,
  reverse,
  slice,
  squeeze,
  type Tensor,
  transpose,
} from '@tensorflow/tfjs-core'
import { transposedConvolutionLayers } from '../../model/layers/transposed-convolution.ts'
import { asRow, asRowKernel, withBias } from './convolution.ts'
import { rank5 } from './ranks.ts'
import { registerLayer, soleTensor, weightOf } from './register-layer.ts'

/** Transposed convolutions over one axis, which TF.js lacks, and over three, of which its wasm kernel gives only zeros. */
export function registerTransposedConvolution(): void {
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
      const output = conv2dTranspose(x, kernel, shape, [1, stride], settings.padding)
      return withBias(squeeze(output, [1]), weights)
    },
  )

  registerLayer(
    'Conv3DTranspose',
    transposedConvolutionLayers.Conv3DTranspose,
    (settings, inputs, weights) => {
      const { kernel_size, strides, padding } = settings
      const x = soleTensor(inputs)
      const spread = strides.reduce((tensor, stride, axis) => zerosBetween(tensor, axis + 1, stride), x)
      const edges = kernel_size.map((size): [number, number] => [size - 1, size - 1])
      const kernel = transpose(reverse(weightOf(weights, 'kernel'), [0, 1, 2]), [0, 1, 2, 4, 3])
      const full = conv3d(rank5(pad(spread, [[0, 0], ...edges, [0, 0]])), rank5(kernel), 1, 'valid')
      const output = kernel_size.reduce<Tensor>((tensor, size, axis) => {
        const stride = strides[axis] ?? 1
        const overlap = Math.max(size - stride, 0)
        const length = (x.shape[axis + 1] ?? 0) * stride + (padding === 'valid' ? overlap : 0)
        return fitted(tensor, axis + 1, padding === 'valid' ? 0 : Math.floor(overlap / 2), length)
      }, full)
      return withBias(output, weights)
    },
  )
}

/** An axis with `stride - 1` zeros between its values. */
function zerosBetween(x: Tensor, axis: number, stride: number): Tensor {
  const edges = Array.from({ length: x.rank + 1 }, (_, at): [number, number] => [
    0,
    at === axis + 1 ? stride - 1 : 0,
  ])
  const length = x.shape[axis] ?? 0
  const spread = reshape(pad(expandDims(x, axis + 1), edges), x.shape.with(axis, length * stride))
  return fitted(spread, axis, 0, (length - 1) * stride + 1)
}

/** `length` values of an axis from `start` on; zeros where it ends before. */
function fitted(x: Tensor, axis: number, start: number, length: number): Tensor {
  const there = Math.min((x.shape[axis] ?? 0) - start, length)
  const begin = new Array<number>(x.rank).fill(0).with(axis, start)
  const part = slice(x, begin, x.shape.with(axis, there))
  const edges = Array.from({ length: x.rank }, (_, at): [number, number] => [
    0,
    at === axis ? length - there : 0,
  ])
  return length === there ? part : pad(part, edges)
}
