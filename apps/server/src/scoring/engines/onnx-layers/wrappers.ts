import { z } from 'zod'
import type { GraphBuilder } from './graph-builder.ts'
import { reversed } from './recurrent.ts'
import { soleValue, type Translate } from './translator.ts'
import { channelsLast, plain, type Value } from './value.ts'

/** Translates one call of a layer by its class. Throws Untranslatable. */
export type TranslateLayer = (className: string, ...call: Parameters<Translate>) => Value[]

const inner = z.object({ class_name: z.string(), config: z.record(z.string(), z.unknown()) })
const timeDistributedSchema = z.object({ layer: inner })
const bidirectionalSchema = z.object({
  layer: inner,
  merge_mode: z.enum(['concat', 'sum', 'mul', 'ave']),
})

/** Wrappers around one layer, which `translateLayer` translates. */
export function wrapperTranslators(translateLayer: TranslateLayer): Readonly<Record<string, Translate>> {
  /** Every step becomes an image of the batch. */
  const timeDistributed: Translate = ({ graph, config, inputs, weights }) => {
    const { layer } = timeDistributedSchema.parse(config)
    const x = channelsLast(graph, soleValue(inputs))
    const [time = 1, ...rest] = x.shape
    const steps = plain(graph.reshape(x.name, [-1, ...rest]), rest)
    const call = { graph, config: layer.config, inputs: [steps], weights }
    const output = channelsLast(graph, soleValue(translateLayer(layer.class_name, call)))
    const shape = [time, ...output.shape]
    return [plain(graph.reshape(output.name, [-1, ...shape]), shape)]
  }

  const bidirectional: Translate = ({ graph, config, inputs, weights }) => {
    const { layer, merge_mode } = bidirectionalSchema.parse(config)
    const half = weights.length / 2
    const direction = (own: typeof weights, backwards: boolean) => {
      const call = { graph, config: { ...layer.config, go_backwards: backwards }, inputs, weights: own }
      return soleValue(translateLayer(layer.class_name, call))
    }
    const turned = layer.config.go_backwards === true
    const forward = direction(weights.slice(0, half), turned)
    const backward = direction(weights.slice(half), !turned)
    // What comes out step by step is turned round, so that both halves of a step belong together.
    const aligned = backward.shape.length === 2 ? plain(reversed(graph, backward), backward.shape) : backward
    return [merged(graph, merge_mode, forward, aligned)]
  }
  return { TimeDistributed: timeDistributed, Bidirectional: bidirectional }
}

function merged(
  graph: GraphBuilder,
  mode: z.infer<typeof bidirectionalSchema>['merge_mode'],
  a: Value,
  b: Value,
): Value {
  const names = [a.name, b.name]
  if (mode === 'concat') {
    const units = (a.shape.at(-1) ?? 0) * 2
    return plain(graph.node('Concat', names, { axis: -1 }), [...a.shape.slice(0, -1), units])
  }
  if (mode === 'mul') return plain(graph.node('Mul', names), a.shape)
  const sum = graph.node('Add', names)
  return plain(mode === 'sum' ? sum : graph.node('Mul', [sum, graph.scalar(0.5)]), a.shape)
}
