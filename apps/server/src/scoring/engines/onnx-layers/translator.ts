import type { TypedLayerKind } from '@taikai/shared/model/layers/layer-kind'
import type { z } from 'zod'
import type { GraphBuilder, Weight } from './graph-builder.ts'
import type { Value } from './value.ts'

/** One call of one layer: its clean configuration, what comes in, and its weights in the order of its kind. */
type LayerCall = {
  graph: GraphBuilder
  config: Record<string, unknown>
  inputs: readonly Value[]
  weights: readonly Weight[]
}
/** Adds what a layer computes to the graph, and gives its outputs. */
export type Translate = (call: LayerCall) => Value[]

/** A call with the settings as the layer's kind reads them, and weights by the names of its kind. */
export type TypedCall<Settings> = Omit<LayerCall, 'config' | 'weights'> & {
  settings: Settings
  weights: ReadonlyMap<string, Weight>
}

/** Makes a translation over a layer kind, so that settings, shapes and weights are said once. */
export function translator<Schema extends z.ZodObject>(
  kind: TypedLayerKind<Schema>,
  run: (call: TypedCall<z.output<Schema>>) => Value | Value[],
): Translate {
  return ({ graph, config, inputs, weights }) => {
    const described = kind(
      config,
      inputs.map(({ shape }) => shape),
    )
    const named = new Map<string, Weight>()
    for (const [index, { name }] of described.weights.entries()) {
      const weight = weights[index]
      if (weight !== undefined) named.set(name, weight)
    }
    const outputs = run({ graph, settings: kind.schema.parse(config), inputs, weights: named })
    return Array.isArray(outputs) ? outputs : [outputs]
  }
}

/** A weight that the layer's kind names; its absence is our own fault. */
export function weightOf(weights: ReadonlyMap<string, Weight>, name: string): Weight {
  const weight = weights.get(name)
  if (weight === undefined) throw new Error(`the weight ${name} is missing`)
  return weight
}

/** The input of a layer that takes one; its kind has checked how many there are. */
export function soleValue(inputs: readonly Value[]): Value {
  const [input] = inputs
  if (input === undefined) throw new Error('the input is missing')
  return input
}
