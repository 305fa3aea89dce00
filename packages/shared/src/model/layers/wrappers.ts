import { z } from 'zod'
import { TaikaiError } from '../../errors.ts'
import {
  axisSize,
  type DescribedLayer,
  LayerFault,
  type LayerKind,
  type Shape,
  soleInput,
} from './layer-kind.ts'

const inner = z.object({ class_name: z.string().max(100), config: z.record(z.string(), z.unknown()) })
const bidirectionalSchema = z.object({
  layer: inner,
  backward_layer: inner.nullish(),
  merge_mode: z
    .enum(['concat', 'sum', 'mul', 'ave'])
    .nullish()
    .transform((mode) => mode ?? 'concat'),
})
const timeDistributedSchema = z.object({ layer: inner })

/** Wrappers around one layer of `kinds`; a model within a wrapper is not taken. */
export function wrapperLayers(kinds: ReadonlyMap<string, LayerKind>): Readonly<Record<string, LayerKind>> {
  const describeInner = (layer: z.infer<typeof inner>, wrapper: string, input: Shape): DescribedLayer => {
    const kind = kinds.get(layer.class_name)
    if (kind === undefined)
      throw new TaikaiError('LAYER_UNSUPPORTED', { layer: `${wrapper}(${layer.class_name})` })
    return kind(layer.config, [input])
  }
  const classesIn = (layer: z.infer<typeof inner>, { wraps = [] }: DescribedLayer) => [
    layer.class_name,
    ...wraps,
  ]
  const engineLayer = (layer: z.infer<typeof inner>, described: DescribedLayer) => ({
    class_name: described.engine?.className ?? layer.class_name,
    config: { ...(described.engine?.config ?? described.config), name: 'inner' },
  })

  const timeDistributed: LayerKind = (untrusted, inputs) => {
    const { layer } = parse(timeDistributedSchema, untrusted)
    const [time = 0, ...rest] = soleInput(inputs)
    if (rest.length === 0) throw new LayerFault('takes input with a time axis')
    const described = describeInner(layer, 'TimeDistributed', rest)
    const { weights, macs, activation, working = 0 } = described
    return {
      outputs: [[time, ...soleInput(described.outputs)]],
      weights,
      macs: macs * time,
      working: working * time,
      activation,
      wraps: classesIn(layer, described),
      config: { layer: engineLayer(layer, described) },
    }
  }

  const bidirectional: LayerKind = (untrusted, inputs) => {
    const { layer, backward_layer, merge_mode } = parse(bidirectionalSchema, untrusted)
    if (!['SimpleRNN', 'GRU', 'LSTM'].includes(layer.class_name))
      throw new TaikaiError('LAYER_UNSUPPORTED', { layer: `Bidirectional(${layer.class_name})` })
    const described = describeInner(layer, 'Bidirectional', soleInput(inputs, 2))
    if (backward_layer !== null && backward_layer !== undefined) {
      const backward = describeInner(backward_layer, 'Bidirectional', soleInput(inputs, 2))
      if (backward_layer.class_name !== layer.class_name || !mirrors(described.config, backward.config))
        throw new TaikaiError('LAYER_UNSUPPORTED', {
          layer: 'Bidirectional(backward_layer)',
        })
    }
    const one = soleInput(described.outputs) // with return_state there would be more
    const joined = merge_mode === 'concat' ? [...one.slice(0, -1), axisSize(one, -1) * 2] : one
    const direction = (name: string) =>
      described.weights.map((weight) => ({ ...weight, name: `${name}/${weight.name}` }))
    return {
      outputs: [joined],
      weights: [...direction('forward'), ...direction('backward')],
      macs: described.macs * 2,
      config: { layer: engineLayer(layer, described), merge_mode },
      activation: described.activation,
      wraps: classesIn(layer, described),
    }
  }
  return { TimeDistributed: timeDistributed, Bidirectional: bidirectional }
}

/** Whether two recurrent layers differ in their direction only. */
function mirrors(forward: Record<string, unknown>, backward: Record<string, unknown>): boolean {
  const turned = { ...backward, go_backwards: backward.go_backwards !== true }
  return Object.entries(turned).every(
    ([key, value]) => JSON.stringify(value) === JSON.stringify(forward[key]),
  )
}

function parse<Schema extends z.ZodType>(schema: Schema, untrusted: unknown): z.output<Schema> {
  const parsed = schema.safeParse(untrusted)
  if (!parsed.success) throw new LayerFault('wraps no layer')
  return parsed.data
}
