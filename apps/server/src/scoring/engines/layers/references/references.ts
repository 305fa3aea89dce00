import { readFileSync } from 'node:fs'
import { layerKinds } from '@taikai/shared/model/layers/registry'
import { expect } from 'vitest'
import { z } from 'zod'

const shape = z.array(z.number())
const referenceSchema = z.object({
  className: z.string(),
  config: z.record(z.string(), z.unknown()),
  inputs: z.array(shape),
  weights: z.array(shape),
  /** Which weights are variances. */
  positive: z.array(z.number()),
  shape,
  output: z.array(z.number()),
})
export type Reference = z.infer<typeof referenceSchema>

/** What Keras itself gives for one layer of each kind and setting, with a title each; written by make.py. */
export const references = readFileSync(new URL('keras.jsonl', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n')
  .map((line, index): [string, Reference] => {
    const reference = referenceSchema.parse(JSON.parse(line))
    const title = `${index} ${reference.className} ${JSON.stringify(reference.config)}`
    return [title.slice(0, 120), reference]
  })

type Numbers = { shape: readonly number[]; data: Float32Array }

/** The same numbers as `values` in make.py. */
function numbers(size: readonly number[], seed: number, scale: number, positive = false): Numbers {
  const count = size.reduce((product, one) => product * one, 1)
  const data = Float32Array.from({ length: count }, (_, index) => {
    const value = Math.sin(0.7 * index + 1.3 * seed + 0.3)
    return scale * Math.fround(positive ? Math.abs(value) + 0.5 : value)
  })
  return { shape: size, data }
}

/** Two images for each input. */
export const inputsOf = ({ inputs }: Reference) =>
  inputs.map((size, index) => numbers([2, ...size], index, 3))
export const weightsOf = ({ weights, positive }: Reference) =>
  weights.map((size, index) => numbers(size, 10 + index, 1, positive.includes(index)))

/** A model of one layer, named `layer`, in the clean form that engines get. */
export function topologyOf(reference: Reference) {
  const kind = layerKinds.get(reference.className)
  if (kind === undefined) throw new Error('no such kind')
  const described = kind(reference.config, reference.inputs)
  expect(described.outputs).toEqual([reference.shape])
  expect(described.weights.map((weight) => [...weight.shape])).toEqual(reference.weights)
  const inputs = reference.inputs.map((size, index) => ({
    class_name: 'InputLayer',
    name: `input_${index}`,
    config: { name: `input_${index}`, batch_input_shape: [null, ...size], dtype: 'float32', sparse: false },
    inbound_nodes: [],
  }))
  const engine = described.engine ?? { className: reference.className, config: described.config }
  const layer = {
    class_name: engine.className,
    name: 'layer',
    config: { ...engine.config, name: 'layer', trainable: true },
    inbound_nodes: [inputs.map(({ name }) => [name, 0, 0, {}])],
  }
  return {
    class_name: 'Model',
    config: {
      name: 'model',
      layers: [...inputs, layer],
      input_layers: inputs.map(({ name }) => [name, 0, 0]),
      output_layers: [['layer', 0, 0]],
    },
  }
}

/** Largest difference from what Keras gives, as a part of its largest value, or of 1 where that is more. */
export function distanceFrom({ output }: Reference, found: ArrayLike<number>): number {
  if (found.length !== output.length) return Number.POSITIVE_INFINITY
  const largest = Math.max(1, ...output.map(Math.abs))
  return Math.max(...output.map((value, index) => Math.abs(value - (found[index] ?? Number.NaN)))) / largest
}
