import { z } from 'zod'
import { TaikaiError } from '../../errors.ts'
import { brokenTopology } from './broken-topology.ts'

/** Output `tensor` of the call number `node` of a layer. */
export type TensorReference = { layer: string; node: number; tensor: number }

const index = z.number().int().min(0).max(100_000)
const referenceSchema = z.tuple([z.string().max(300), index, index]).rest(z.unknown())
const kerasTensorSchema = z.object({
  class_name: z.literal('__keras_tensor__'),
  config: z.object({ keras_history: referenceSchema }),
})
const objectSchema = z.record(z.string(), z.unknown())
const mostReferences = 1000
const deepest = 8

/** Calls by keyword that give no value: whether it trains, and masks that are not there. */
const maskName = /mask|initial_state/

/** Every tensor within a value of lists and objects, in their order: how models say their inputs and outputs. */
export function collectReferences(value: unknown): TensorReference[] {
  const found: TensorReference[] = []
  const collect = (one: unknown, depth: number): void => {
    const reference = toReference(one)
    if (reference !== null) found.push(reference)
    else if (depth < deepest && typeof one === 'object' && one !== null)
      for (const inner of Object.values(one)) collect(inner, depth + 1)
    if (found.length > mostReferences) throw new TaikaiError('MODEL_TOO_LARGE', { what: 'connections' })
  }
  collect(value, 0)
  return found
}

/** One tensor as Keras 2 and TF.js (`[name, node, tensor]`) or Keras 3 write it; null for anything else. */
export function toReference(value: unknown): TensorReference | null {
  const history = kerasTensorSchema.safeParse(value)
  const parsed = history.success ? history.data.config.keras_history : referenceSchema.safeParse(value).data
  if (parsed === undefined) return null
  const [layer, node, tensor] = parsed
  return { layer, node, tensor }
}

/**
 * What a layer is called with, node after node. Keras 2 and TF.js write `[[[name, node, tensor, keywords], …], …]`, Keras 3
 * `[{ args, kwargs }, …]`. Tensors given by keyword (`value`, `key`) follow the others. Throws MODEL_TOPOLOGY_INVALID, and
 * LAYER_UNSUPPORTED where a mask or a state is given.
 */
export function readCalls(inbound: unknown, name: string): TensorReference[][] {
  if (inbound === undefined || inbound === null) return []
  if (!Array.isArray(inbound) || inbound.length > mostReferences)
    throw brokenTopology(`the connections of “${name}” cannot be read`)
  return inbound.map((call: unknown) => {
    const references = Array.isArray(call) ? readKeras2Call(call, name) : readKeras3Call(call, name)
    if (references === null) throw brokenTopology(`the connections of “${name}” cannot be read`)
    return references
  })
}

function readKeras2Call(call: readonly unknown[], name: string): TensorReference[] | null {
  // One tensor may stand without the list around it.
  const tensors = toReference(call) === null ? call : [call]
  const parsed = tensors.map((one) => referenceSchema.safeParse(one).data)
  const positional: TensorReference[] = []
  const keywords: TensorReference[] = []
  for (const tensor of parsed) {
    if (tensor === undefined) return null
    positional.push({ layer: tensor[0], node: tensor[1], tensor: tensor[2] })
    keywords.push(...byKeyword(tensor[3], name))
  }
  return [...positional, ...keywords]
}

function readKeras3Call(call: unknown, name: string): TensorReference[] | null {
  const parsed = z.object({ args: z.array(z.unknown()), kwargs: z.unknown().optional() }).safeParse(call)
  if (!parsed.success) return null
  return [...collectReferences(parsed.data.args), ...byKeyword(parsed.data.kwargs, name)]
}

function byKeyword(keywords: unknown, name: string): TensorReference[] {
  const parsed = objectSchema.safeParse(keywords)
  if (!parsed.success) return []
  return Object.entries(parsed.data).flatMap(([keyword, value]) => {
    const references = collectReferences(value)
    if (references.length > 0 && maskName.test(keyword))
      throw new TaikaiError('LAYER_UNSUPPORTED', { layer: keyword.slice(0, 100), name: name.slice(0, 100) })
    return references
  })
}
