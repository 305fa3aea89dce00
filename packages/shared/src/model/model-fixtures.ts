import type { ModelFile } from './model-file.ts'

/** Made models for tests, as the files that TF.js would write. */
export type LayerJson = { class_name: string; config: Record<string, unknown>; [key: string]: unknown }
export type WeightJson = {
  name: string
  shape: number[]
  dtype?: string
  quantization?: Record<string, unknown>
}

export const layer = (class_name: string, config: Record<string, unknown> = {}): LayerJson => ({
  class_name,
  config,
})

/** A Sequential whose first layer declares `inputShape` (without the batch). */
export function sequential(inputShape: readonly number[], ...layers: LayerJson[]) {
  const [first, ...rest] = layers.map((one, index) => ({
    ...one,
    config: { name: `layer_of_file_${index}`, ...one.config },
  }))
  if (first === undefined) throw new Error('a model needs layers')
  const config = { ...first.config, batch_input_shape: [null, ...inputShape] }
  return { class_name: 'Sequential', config: { name: 'made', layers: [{ ...first, config }, ...rest] } }
}

export function modelJson(
  topology: unknown,
  weights: readonly WeightJson[],
  paths: readonly string[],
): ModelFile {
  const manifest = [{ paths, weights: weights.map((weight) => ({ dtype: 'float32', ...weight })) }]
  const json = { format: 'layers-model', modelTopology: topology, weightsManifest: manifest }
  return { name: 'model.json', bytes: new TextEncoder().encode(JSON.stringify(json)) }
}

/** model.json and one shard with the given float32 values. */
export function modelFiles(
  topology: unknown,
  weights: readonly WeightJson[],
  values: ArrayLike<number> = { length: weights.reduce((sum, { shape }) => sum + product(shape), 0) },
): ModelFile[] {
  const data = Float32Array.from({ length: values.length }, (_, at) => values[at] ?? 0)
  return [
    modelJson(topology, weights, ['weights.bin']),
    { name: 'weights.bin', bytes: new Uint8Array(data.buffer) },
  ]
}

/** A linear classifier of flat input: [inputs] → [classes], all weights 0 unless given. */
export function denseModel(
  inputs: number,
  classes: number,
  config: Record<string, unknown> = {},
  values?: ArrayLike<number>,
) {
  const topology = sequential([inputs], layer('Dense', { name: 'd', units: classes, ...config }))
  const weights = [
    { name: 'd/kernel', shape: [inputs, classes] },
    { name: 'd/bias', shape: [classes] },
  ]
  return modelFiles(topology, weights, values)
}

const product = (shape: readonly number[]) => shape.reduce((total, size) => total * size, 1)
