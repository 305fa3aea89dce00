import { z } from 'zod'
import { TaikaiError } from '../errors.ts'
import type { Inspection } from './inspection.ts'
import { layerClassNames } from './layers/class-names.ts'
import { familyOf } from './model-format.ts'

const layerClasses = z.array(z.enum(layerClassNames)).max(layerClassNames.length)

/** What a round asks of every model. Rules on layers can only be kept by models of layers. */
export const roundModelRulesSchema = z.strictObject({
  /** No layer of the model may be one of these. */
  forbiddenLayers: layerClasses,
  /** At least one of these must lie on the way from the input to the scored output; an empty list asks for none. */
  requiredLayers: layerClasses,
  /** Trainable and non-trainable weights together; null: no limit of the round's own. */
  maxParameters: z
    .number()
    .int()
    .min(1)
    .max(2 ** 40)
    .nullable(),
  /** Multiply-accumulates for one image; null: no limit of the round's own. */
  maxMacs: z
    .number()
    .int()
    .min(1)
    .max(2 ** 50)
    .nullable(),
})
export type RoundModelRules = z.infer<typeof roundModelRulesSchema>

type Layer = Inspection['layers'][number]

/** How the formats without layers are called; proper names, the same in every language. */
const graphFormats = { graph: 'TensorFlow.js GraphModel', onnx: 'ONNX' } as const

/**
 * Holds an inspected model against the rules of its round. A layer counts as its own class and as those that it wraps:
 * TimeDistributed(Conv2D) is a Conv2D, too. Layers of nested models stand among the others.
 * Throws RULE_FORMAT (`format`), RULE_LAYER_FORBIDDEN (`layer`, `name`), RULE_LAYER_REQUIRED (`layers`), RULE_PARAMETERS and
 * RULE_MACS (`found`, `limit`), RULE_MACS_UNKNOWN (`limit`).
 */
export function checkLayerRules(inspection: Inspection, rules: RoundModelRules): void {
  checkLayers(inspection, rules)
  const { parameters, macs } = inspection
  const { maxParameters, maxMacs } = rules
  if (maxParameters !== null && parameters > maxParameters)
    throw new TaikaiError('RULE_PARAMETERS', { found: parameters, limit: maxParameters })
  if (maxMacs === null) return
  if (macs === null) throw new TaikaiError('RULE_MACS_UNKNOWN', { limit: maxMacs })
  if (macs > maxMacs) throw new TaikaiError('RULE_MACS', { found: macs, limit: maxMacs })
}

function checkLayers(
  { format, layers }: Inspection,
  { forbiddenLayers, requiredLayers }: RoundModelRules,
): void {
  if (forbiddenLayers.length === 0 && requiredLayers.length === 0) return
  const family = familyOf(format)
  if (family !== 'layers') throw new TaikaiError('RULE_FORMAT', { format: graphFormats[family] })
  for (const layer of layers) {
    const forbidden = forbiddenLayers.find((name) => isA(layer, name))
    if (forbidden !== undefined)
      throw new TaikaiError('RULE_LAYER_FORBIDDEN', { layer: forbidden, name: layer.name.slice(0, 100) })
  }
  const onPath = layers.filter((layer) => layer.onPath === true)
  if (requiredLayers.length > 0 && !onPath.some((layer) => requiredLayers.some((name) => isA(layer, name))))
    throw new TaikaiError('RULE_LAYER_REQUIRED', { layers: requiredLayers.join(', ') })
}

const isA = ({ className, wraps = [] }: Layer, name: string) => className === name || wraps.includes(name)
