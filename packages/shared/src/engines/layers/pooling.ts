import { avgPool, max, maxPool, mean, reshape, type Tensor } from '@tensorflow/tfjs-core'
import { poolingLayers } from '../../model/layers/pooling.ts'
import { rank4 } from './ranks.ts'
import { registerLayer, soleTensor } from './register-layer.ts'

/** All places between batch and channels. */
const places = (rank: number) => Array.from({ length: rank - 2 }, (_, index) => index + 1)

type Pool = typeof maxPool
type Window = { pool_size: number[]; strides?: number[] | undefined; padding: 'valid' | 'same' }

/** Pooling of volumes `[batch, depth, height, width, channels]` as one of their images, then one along their depth. */
function poolVolume(pool: Pool, x: Tensor, { pool_size, strides = pool_size, padding }: Window): Tensor {
  const [batch = 0, depth = 0, height = 0, width = 0, channels = 0] = x.shape
  const [first = 1, rows = 1, columns = 1] = pool_size
  const [step = 1, down = 1, right = 1] = strides
  const images = rank4(reshape(x, [batch * depth, height, width, channels]))
  const flat = pool(images, [rows, columns], [down, right], padding)
  const [, newHeight, newWidth] = flat.shape
  const stacks = rank4(reshape(flat, [batch, depth, newHeight * newWidth, channels]))
  const pooled = pool(stacks, [first, 1], [step, 1], padding)
  return reshape(pooled, [batch, pooled.shape[1], newHeight, newWidth, channels])
}

/**
 * Global pooling with `keepdims`, which TF.js would leave out without a word, and over three axes; pooling of volumes, which it
 * gets wrong for largest values below zero and for strides beyond the window.
 */
export function registerPooling(): void {
  registerLayer('MaxPooling3D', poolingLayers.MaxPooling3D, (settings, inputs) =>
    poolVolume(maxPool, soleTensor(inputs), settings),
  )
  registerLayer('AveragePooling3D', poolingLayers.AveragePooling3D, (settings, inputs) =>
    poolVolume(avgPool, soleTensor(inputs), settings),
  )
  for (const className of ['GlobalMaxPooling1D', 'GlobalMaxPooling2D', 'GlobalMaxPooling3D'] as const)
    registerLayer(className, poolingLayers[className], ({ keepdims }, inputs) => {
      const x = soleTensor(inputs)
      return max(x, places(x.rank), keepdims)
    })
  for (const className of [
    'GlobalAveragePooling1D',
    'GlobalAveragePooling2D',
    'GlobalAveragePooling3D',
  ] as const)
    registerLayer(className, poolingLayers[className], ({ keepdims }, inputs) => {
      const x = soleTensor(inputs)
      return mean(x, places(x.rank), keepdims)
    })
}
