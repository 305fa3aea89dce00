import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm'
import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, expect, it } from 'vitest'
import { registerConv2dFilterGradient } from './conv2d-filter-gradient.ts'

beforeAll(async () => {
  const wasm = createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm')
  setWasmPaths(`${dirname(wasm)}/`)
  registerConv2dFilterGradient()
  await tf.setBackend('wasm')
})

/** Sums x · dy over images, positions and pairs of channels: the gradient as its definition says. */
function gradientByDefinition(
  x: number[][][][],
  dy: number[][][][],
  size: number,
  stride: number,
  padBefore: number,
) {
  const [depthIn, depthOut] = [x[0]?.[0]?.[0]?.length ?? 0, dy[0]?.[0]?.[0]?.length ?? 0]
  const values: number[] = []
  for (let row = 0; row < size; row++)
    for (let column = 0; column < size; column++)
      for (let from = 0; from < depthIn; from++)
        for (let to = 0; to < depthOut; to++) {
          let sum = 0
          for (const [image, rows] of dy.entries())
            for (const [y, columns] of rows.entries())
              for (const [z, depths] of columns.entries()) {
                const pixel = x[image]?.[y * stride + row - padBefore]?.[z * stride + column - padBefore]
                sum += (pixel?.[from] ?? 0) * (depths[to] ?? 0)
              }
          values.push(sum)
        }
  return values
}

it.each([
  // With same padding, stride 2 on 5 pixels pads one before; on 6 it pads none before and one after.
  { side: 5, stride: 1, padding: 'valid', padBefore: 0 },
  { side: 5, stride: 1, padding: 'same', padBefore: 1 },
  { side: 5, stride: 2, padding: 'same', padBefore: 1 },
  { side: 6, stride: 2, padding: 'same', padBefore: 0 },
  { side: 6, stride: 2, padding: 'valid', padBefore: 0 },
] as const)('is the sum of its definition: $side pixels, stride $stride, $padding', async (given) => {
  const { side, stride, padding, padBefore } = given
  const x = tf.tensor4d(
    Array.from({ length: 2 * side * side * 2 }, (_, at) => ((at * 7) % 11) - 5),
    [2, side, side, 2],
  )
  const filter = tf.zeros<tf.Rank.R4>([3, 3, 2, 3])
  const shape = tf.conv2d(x, filter, stride, padding).shape
  const dy = tf.tensor4d(
    Array.from({ length: tf.util.sizeFromShape(shape) }, (_, at) => ((at * 5) % 7) - 3),
    shape,
  )
  const attributes = { strides: stride, pad: padding, dataFormat: 'NHWC', filterShape: [3, 3, 2, 3] }
  const gradient = tf.engine().runKernel<tf.Tensor>('Conv2DBackpropFilter', { x, dy }, attributes)
  expect(gradient.shape).toEqual([3, 3, 2, 3])
  expect([...(await gradient.data())]).toEqual(
    gradientByDefinition(await x.array(), await dy.array(), 3, stride, padBefore),
  )
})
