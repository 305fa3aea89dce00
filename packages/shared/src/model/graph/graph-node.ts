import { z } from 'zod'
import { TaikaiError } from '../../errors.ts'
import { modelLimits } from '../limits.ts'

const name = z.string().max(1000)
/** Protobuf's JSON writes 64-bit integers as text. */
const integer = z.union([z.number(), z.string().max(30)])
export const graphShapeSchema = z.object({
  dim: z
    .array(z.object({ size: integer.optional() }))
    .max(modelLimits.rank)
    .optional(),
  unknownRank: z.boolean().optional(),
})
export type GraphShape = z.infer<typeof graphShapeSchema>
const text = z.string().max(10_000)
const list = z.object({
  s: z.array(text).max(1000).optional(),
  i: z.array(integer).max(1000).optional(),
  f: z.array(z.number()).max(1000).optional(),
  b: z.array(z.boolean()).max(1000).optional(),
  type: z
    .array(z.union([text, z.number()]))
    .max(1000)
    .optional(),
  shape: z.array(graphShapeSchema).max(1000).optional(),
})
/** The kinds of attribute values that operations for images have; functions are none of them. */
const attribute = z.object({
  s: text.optional(),
  i: integer.optional(),
  f: z.number().optional(),
  b: z.boolean().optional(),
  type: z.union([text, z.number()]).optional(),
  shape: graphShapeSchema.optional(),
  list: list.optional(),
})
const nodeSchema = z.object({
  name,
  op: z.string().max(100),
  input: z.array(name).max(1000).default([]),
  attr: z.record(z.string().max(100), attribute).default({}),
})
/** One operation of a TensorFlow graph; `input` holds `name`, `name:index`, or `^name` for mere order. */
export type GraphNode = z.infer<typeof nodeSchema>

/** Reads the nodes of a GraphDef in JSON; what is not named here is left out. Throws MODEL_TOPOLOGY_INVALID or MODEL_TOO_LARGE. */
export function readGraphNodes(topology: Record<string, unknown>): GraphNode[] {
  const { node } = topology
  if (!Array.isArray(node) || node.length === 0)
    throw new TaikaiError('MODEL_TOPOLOGY_INVALID', { reason: 'its graph holds no nodes' })
  if (node.length > modelLimits.operators) throw new TaikaiError('MODEL_TOO_LARGE', { what: 'operators' })
  const parsed = z.array(nodeSchema).safeParse(node)
  if (!parsed.success)
    throw new TaikaiError('MODEL_TOPOLOGY_INVALID', {
      reason: `a node of its graph cannot be read (${parsed.error.issues[0]?.path.join('.') ?? ''})`,
    })
  return parsed.data
}

/** `name:index` or `name` to the name of the node. */
export const nodeName = (reference: string) => reference.replace(/^\^/, '').replace(/:\d+$/, '')

/** Sizes of a shape in the file; null where a size is open, null as a whole where even the rank is. */
export function sizesOf(given: GraphShape | undefined): (number | null)[] | null {
  if (given === undefined || given.unknownRank === true || given.dim === undefined) return null
  return given.dim.map(({ size }) => {
    const value = Number(size ?? 1)
    return Number.isInteger(value) && value > 0 && value <= 1e9 ? value : null
  })
}
