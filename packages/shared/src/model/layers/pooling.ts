import { z } from 'zod'
import { TaikaiError } from '../../errors.ts'
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

/**
 * Keras 3.12 and later: windows of whatever size gives `output_size` positions. Where that divides the input they are all alike
 * and do not overlap, which is plain pooling; other windows have no layer in TF.js.
 */
const adaptivePooling = (kind: 'Average' | 'Max', rank: 1 | 2 | 3) =>
  layerKind(
    z.object({ output_size: perAxis(rank), data_format: channelsLast }),
    ({ output_size }, inputs) => {
      const input = soleInput(inputs, rank + 1)
      const window = output_size.map((size, axis) => axisSize(input, axis) / size)
      if (!window.every(Number.isInteger))
        throw new TaikaiError('LAYER_UNSUPPORTED', {
          layer: `Adaptive${kind}Pooling${rank}D(output_size=${output_size.join('×')})`,
        })
      const config = { pool_size: window, strides: window, padding: 'valid', data_format: 'channels_last' }
      return {
        outputs: [[...output_size, axisSize(input, -1)]],
        weights: [],
        macs: 0,
        engine: { className: `${kind}Pooling${rank}D`, config },
      }
    },
  )

export const poolingLayers = {
  AdaptiveAveragePooling1D: adaptivePooling('Average', 1),
  AdaptiveAveragePooling2D: adaptivePooling('Average', 2),
  AdaptiveAveragePooling3D: adaptivePooling('Average', 3),
  AdaptiveMaxPooling1D: adaptivePooling('Max', 1),
  AdaptiveMaxPooling2D: adaptivePooling('Max', 2),
  AdaptiveMaxPooling3D: adaptivePooling('Max', 3),
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
