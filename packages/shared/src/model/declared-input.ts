import { z } from 'zod'
import { brokenTopology } from './keras/broken-topology.ts'
import type { LayerNode, ModelNode } from './keras/model-node.ts'
import { modelLimits } from './limits.ts'

/** A shape as a file declares it, without the batch dimension; null where the size is open. */
export type DeclaredShape = readonly (number | null)[]

const shapeSchema = z.array(z.number().int().min(1).max(1e9).nullable()).min(2).max(modelLimits.rank)

/** The input shape that a model declares. Throws MODEL_TOPOLOGY_INVALID when it says none or has several inputs. */
export function declaredInput(model: ModelNode): DeclaredShape {
  const found = search(model)
  if (found === null) throw brokenTopology('it declares no input shape')
  return found
}

function search(model: ModelNode): DeclaredShape | null {
  const { inputs, layers } = model
  if (inputs.length > 1) throw brokenTopology('it has several inputs')
  const first = model.kind === 'sequential' ? layers[0] : layers.find(({ name }) => name === inputs[0]?.layer)
  return (first === undefined ? null : ofLayer(first)) ?? toShape(model.buildShape)
}

function ofLayer({ config, model }: LayerNode): DeclaredShape | null {
  if (model !== null) return search(model)
  return (
    toShape(config.batch_input_shape) ??
    toShape(config.batch_shape) ??
    toShape(Array.isArray(config.input_shape) ? [null, ...config.input_shape] : null)
  )
}

/** The batch size is ours to choose, whatever number the file declares. */
function toShape(value: unknown): DeclaredShape | null {
  if (!Array.isArray(value)) return null
  const parsed = shapeSchema.safeParse([null, ...value.slice(1)])
  return parsed.success ? parsed.data.slice(1) : null
}
