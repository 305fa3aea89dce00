import { z } from 'zod'
import type { Json, KerasMajor } from './model-node.ts'

const aliases: ReadonlyMap<string, string> = new Map([
  ['BatchNormalizationV1', 'BatchNormalization'],
  ['BatchNormalizationV2', 'BatchNormalization'],
  ['SyncBatchNormalization', 'BatchNormalization'],
  ['Convolution1D', 'Conv1D'],
  ['Convolution2D', 'Conv2D'],
  ['Convolution3D', 'Conv3D'],
  ['Convolution2DTranspose', 'Conv2DTranspose'],
  ['SeparableConvolution2D', 'SeparableConv2D'],
  ['MaxPool1D', 'MaxPooling1D'],
  ['MaxPool2D', 'MaxPooling2D'],
  ['AvgPool1D', 'AveragePooling1D'],
  ['AvgPool2D', 'AveragePooling2D'],
  ['GlobalMaxPool1D', 'GlobalMaxPooling1D'],
  ['GlobalMaxPool2D', 'GlobalMaxPooling2D'],
  ['GlobalAvgPool1D', 'GlobalAveragePooling1D'],
  ['GlobalAvgPool2D', 'GlobalAveragePooling2D'],
])

/** The name under which Keras 2 and TF.js know a layer class. */
export const plainClassName = (className: string): string => aliases.get(className) ?? className

const wrappedSchema = z.looseObject({
  class_name: z.string().max(100),
  config: z.record(z.string(), z.unknown()),
})
const functionSchema = z.looseObject({ class_name: z.string().max(100), config: z.string().max(100) })
const deepest = 4

/**
 * A layer's configuration in the spelling of Keras 2, whatever wrote it. What inference does not need (initialisers, dtype
 * policies, `build_config`) may stay: layer kinds pick the keys that they know.
 */
export function plainConfig(config: Json, keras: KerasMajor, depth = 0): Json {
  const plain: Json = { ...config }
  for (const key of ['activation', 'recurrent_activation'])
    if (Object.hasOwn(config, key)) plain[key] = activationOf(config[key], keras)
  for (const key of ['layer', 'backward_layer', 'cell']) {
    const wrapped = wrappedSchema.safeParse(config[key])
    if (!wrapped.success || depth >= deepest) continue
    const inner = plainClassName(wrapped.data.class_name)
    plain[key] = { class_name: inner, config: plainConfig(wrapped.data.config, keras, depth + 1) }
  }
  return plain
}

/** Keras 3: relu6(x + 3) / 6. Before, and in TF.js: clip(0.2 x + 0.5, 0, 1). */
function activationOf(value: unknown, keras: KerasMajor): unknown {
  const named = functionSchema.safeParse(value)
  const name = named.success ? named.data.config : value
  return name === 'hard_sigmoid' && keras === 3 ? 'hard_sigmoid_relu6' : value
}
