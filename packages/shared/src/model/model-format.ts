import { z } from 'zod'

/** How models are written down, told by content. */
export const modelFormats = [
  'tfjs-layers',
  'keras-v3',
  'keras-h5',
  'keras-json-h5',
  'tfjs-graph',
  'onnx',
] as const
export const modelFormatSchema = z.enum(modelFormats)
export type ModelFormat = z.infer<typeof modelFormatSchema>

/**
 * What runs a model once it is read: Keras layers, TensorFlow operations, or ONNX operators. Engines are chosen and pinned
 * for each family.
 */
export const modelFamilies = ['layers', 'graph', 'onnx'] as const
export type ModelFamily = (typeof modelFamilies)[number]

const families = {
  'tfjs-layers': 'layers',
  'keras-v3': 'layers',
  'keras-h5': 'layers',
  'keras-json-h5': 'layers',
  'tfjs-graph': 'graph',
  onnx: 'onnx',
} as const satisfies Record<ModelFormat, ModelFamily>

export const familyOf = (format: ModelFormat): ModelFamily => families[format]
