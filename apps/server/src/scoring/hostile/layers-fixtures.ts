import type { ModelFile } from '@taikai/shared/model/model-file'
import { ascii } from './hostile-case.ts'

/** TF.js Layers files, as free as a hostile sender is: nothing here checks that they make sense. */
export type Json = Record<string, unknown>
export type WeightJson = { name: unknown; shape: unknown; dtype?: string; quantization?: unknown }

export const layer = (class_name: string, config: Json = {}): Json => ({ class_name, config })

/** A Sequential on 8×8 RGB images, its layers named in order where they have no name of their own. */
export const sequential = (...layers: readonly Json[]): Json => ({
  class_name: 'Sequential',
  config: {
    name: 'model',
    layers: [
      layer('InputLayer', { name: 'input', batch_input_shape: [null, 8, 8, 3] }),
      ...layers.map((one, index) => ({
        ...one,
        config: { name: `layer_${index}`, ...(typeof one.config === 'object' ? one.config : {}) },
      })),
    ],
  },
})

/** `connected('add', layer('Add'), 'a', 'b')`: a layer of a Functional model and what flows into it. */
export const connected = (name: string, one: Json, ...from: readonly string[]): Json => ({
  ...one,
  name,
  config: { ...(typeof one.config === 'object' ? one.config : {}), name },
  inbound_nodes: from.length === 0 ? [] : [from.map((source) => [source, 0, 0, {}])],
})

export const functional = (output: string, ...layers: readonly Json[]): Json => ({
  class_name: 'Model',
  config: {
    name: 'model',
    layers: [
      connected('input', layer('InputLayer', { batch_input_shape: [null, 8, 8, 3], dtype: 'float32' })),
      ...layers,
    ],
    input_layers: [['input', 0, 0]],
    output_layers: [[output, 0, 0]],
  },
})

export function modelJson(
  topology: unknown,
  weights: readonly WeightJson[] = [],
  paths: readonly string[] = weights.length === 0 ? [] : ['weights.bin'],
): ModelFile {
  const specs = weights.map((weight) => ({ dtype: 'float32', ...weight }))
  const json = {
    format: 'layers-model',
    modelTopology: topology,
    weightsManifest: [{ paths, weights: specs }],
  }
  return { name: 'model.json', bytes: ascii(JSON.stringify(json)) }
}

export const shard = (values: ArrayLike<number> | number, name = 'weights.bin'): ModelFile => ({
  name,
  bytes: new Uint8Array(
    (typeof values === 'number' ? new Float32Array(values) : Float32Array.from(values)).buffer,
  ),
})

/** A linear classifier of 192 values: the soundest model of the corpus, made worse by what is given. */
export const classifier = (config: Json = {}): Json =>
  sequential(layer('Flatten'), layer('Dense', { name: 'd', units: 10, activation: 'softmax', ...config }))
export const classifierWeights: readonly WeightJson[] = [
  { name: 'd/kernel', shape: [192, 10] },
  { name: 'd/bias', shape: [10] },
]
export const classifierValues = 1930

export const soundLayersModel = (): ModelFile[] => [
  modelJson(classifier(), classifierWeights),
  shard(Array.from({ length: classifierValues }, (_, at) => Math.sin(at))),
]
