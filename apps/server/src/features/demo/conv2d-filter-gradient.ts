import {
  backend_util,
  conv2d,
  pad,
  registerKernel,
  slice,
  Tensor,
  type Tensor4D,
  transpose,
} from '@tensorflow/tfjs-core'
import { z } from 'zod'

const whole = z.number().int().positive()
const attributesSchema = z.object({
  strides: z.union([whole, z.tuple([whole, whole])]),
  pad: z.enum(['valid', 'same']),
  filterShape: z.tuple([whole, whole, whole, whole]),
})

/**
 * Gives the wasm backend the one kernel that training a CNN lacks there: the gradient of a convolution by its filter.
 * With x [batch, height, width, in] and dy [batch, outHeight, outWidth, out], it is itself a convolution: of x with
 * channels and batch exchanged, by dy as a filter that is dilated by the strides.
 */
export function registerConv2dFilterGradient(): void {
  registerKernel({
    kernelName: 'Conv2DBackpropFilter',
    backendName: 'wasm',
    kernelFunc: ({ inputs, attrs }) => {
      const { x, dy } = inputs
      if (!isTensor4D(x) || !isTensor4D(dy)) throw new TypeError('expected two tensors of rank 4')
      const { strides, pad: padding, filterShape } = attributesSchema.parse(attrs)
      const info = backend_util.computeConv2DInfo(x.shape, filterShape, strides, 1, padding)
      const { top, bottom, left, right } = info.padInfo
      const padded = pad(x, [
        [0, 0],
        [top, bottom],
        [left, right],
        [0, 0],
      ])
      const images = transpose<Tensor4D>(padded, [3, 1, 2, 0])
      const filter = transpose<Tensor4D>(dy, [1, 2, 0, 3])
      const all = conv2d(images, filter, 1, 'valid', 'NHWC', [info.strideHeight, info.strideWidth])
      // Rows and columns that no stride reaches come out too, after those of the filter.
      const [height, width] = filterShape
      return transpose(slice(all, [0, 0, 0, 0], [-1, height, width, -1]), [1, 2, 0, 3])
    },
  })
}

function isTensor4D(value: unknown): value is Tensor4D {
  return value instanceof Tensor && value.rank === 4
}
