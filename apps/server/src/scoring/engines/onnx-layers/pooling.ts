import { padsOf } from '@taikai/shared/engines/windows'
import { windowedLength } from '@taikai/shared/model/layers/convolution'
import { poolingLayers } from '@taikai/shared/model/layers/pooling'
import { soleValue, type Translate, translator } from './translator.ts'
import { channelsFirst, plain } from './value.ts'

type Kinds = typeof poolingLayers
type Windowed = `${'Max' | 'Average'}Pooling${1 | 2 | 3}D`
type Global = `Global${Windowed}`

/** Zeros that `same` adds count for neither the largest value nor the mean. */
const pooling = (op: 'MaxPool' | 'AveragePool', kind: Kinds[Windowed]): Translate =>
  translator(kind, ({ graph, settings, inputs }) => {
    const { pool_size: size, padding } = settings
    const strides = settings.strides ?? size
    const x = channelsFirst(graph, soleValue(inputs))
    const pads = padsOf(padding, x.shape, { size, strides })
    const positions = size.map((window, axis) =>
      windowedLength(x.shape[axis] ?? 1, window, strides[axis] ?? 1, padding),
    )
    const name = graph.node(op, [x.name], { kernel_shape: size, strides, pads })
    return { name, shape: [...positions, x.shape.at(-1) ?? 1], channels: 'first' }
  })

/** Over all places between batch and channels. */
const globalPooling = (op: 'GlobalMaxPool' | 'GlobalAveragePool', kind: Kinds[Global]): Translate =>
  translator(kind, ({ graph, settings, inputs }) => {
    const x = channelsFirst(graph, soleValue(inputs))
    const pooled = graph.node(op, [x.name])
    const channels = x.shape.at(-1) ?? 1
    return settings.keepdims
      ? { name: pooled, shape: [...x.shape.slice(1).fill(1), channels], channels: 'first' }
      : plain(graph.reshape(pooled, [0, channels]), [channels])
  })

export const poolingTranslators: Readonly<Record<string, Translate>> = {
  MaxPooling1D: pooling('MaxPool', poolingLayers.MaxPooling1D),
  MaxPooling2D: pooling('MaxPool', poolingLayers.MaxPooling2D),
  MaxPooling3D: pooling('MaxPool', poolingLayers.MaxPooling3D),
  AveragePooling1D: pooling('AveragePool', poolingLayers.AveragePooling1D),
  AveragePooling2D: pooling('AveragePool', poolingLayers.AveragePooling2D),
  AveragePooling3D: pooling('AveragePool', poolingLayers.AveragePooling3D),
  GlobalMaxPooling1D: globalPooling('GlobalMaxPool', poolingLayers.GlobalMaxPooling1D),
  GlobalMaxPooling2D: globalPooling('GlobalMaxPool', poolingLayers.GlobalMaxPooling2D),
  GlobalMaxPooling3D: globalPooling('GlobalMaxPool', poolingLayers.GlobalMaxPooling3D),
  GlobalAveragePooling1D: globalPooling('GlobalAveragePool', poolingLayers.GlobalAveragePooling1D),
  GlobalAveragePooling2D: globalPooling('GlobalAveragePool', poolingLayers.GlobalAveragePooling2D),
  GlobalAveragePooling3D: globalPooling('GlobalAveragePool', poolingLayers.GlobalAveragePooling3D),
}
