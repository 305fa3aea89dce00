import { z } from 'zod'
import { windowedLength } from './convolution.ts'
import { axisSize, channelsLast, flag, layerKind, padding, perAxis, soleInput } from './layer-kind.ts'

// TF.js takes the window's size where no stride is given; a null would pass its check and fail later.
const strideOf = (rank: number) =>
  z.union([z.null().transform(() => undefined), z.undefined(), perAxis(rank)])

const pooling = (rank: 1 | 2 | 3) =>
  layerKind(
    z.object({
      pool_size: perAxis(rank, 2),
      strides: strideOf(rank),
      padding,
      data_format: channelsLast,
    }),
    ({ pool_size, strides, padding: pad }, inputs) => {
      const input = soleInput(inputs, rank + 1)
      const positions = pool_size.map((size, axis) =>
        windowedLength(
          axisSize(input, axis),
          size,
          strides === undefined ? size : axisSize(strides, axis),
          pad,
        ),
      )
      return { outputs: [[...positions, axisSize(input, -1)]], weights: [], macs: 0 }
    },
  )

const globalPooling = (rank: 1 | 2 | 3) =>
  layerKind(z.object({ data_format: channelsLast, keepdims: flag(false) }), ({ keepdims }, inputs) => {
    const channels = axisSize(soleInput(inputs, rank + 1), -1)
    const positions = keepdims ? new Array<number>(rank).fill(1) : []
    return { outputs: [[...positions, channels]], weights: [], macs: 0 }
  })

export const poolingLayers = {
  MaxPooling1D: pooling(1),
  MaxPooling2D: pooling(2),
  MaxPooling3D: pooling(3),
  AveragePooling1D: pooling(1),
  AveragePooling2D: pooling(2),
  AveragePooling3D: pooling(3),
  GlobalMaxPooling1D: globalPooling(1),
  GlobalMaxPooling2D: globalPooling(2),
  GlobalMaxPooling3D: globalPooling(3),
  GlobalAveragePooling1D: globalPooling(1),
  GlobalAveragePooling2D: globalPooling(2),
  GlobalAveragePooling3D: globalPooling(3),
}
