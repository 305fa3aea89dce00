import { z } from 'zod'
import { axisSize, flag, LayerFault, type LayerKind, layerKind, type Shape } from './layer-kind.ts'

/** Shapes broadcast against each other as in NumPy, aligned at the last axis. */
function broadcast(first: Shape, second: Shape): Shape {
  const rank = Math.max(first.length, second.length)
  return Array.from({ length: rank }, (_, index) => {
    const a = first.at(index - rank) ?? 1
    const b = second.at(index - rank) ?? 1
    if (a !== b && a !== 1 && b !== 1) throw new LayerFault('its inputs have different shapes')
    return Math.max(a, b)
  })
}

const elementwise = layerKind(z.object({}), (_config, inputs) => {
  const [first, ...others] = inputs
  if (first === undefined || others.length === 0) throw new LayerFault('merges two or more inputs')
  return { outputs: [others.reduce(broadcast, first)], weights: [], macs: 0 }
})

const subtract = layerKind(z.object({}), (_config, inputs) => {
  const [first, second] = inputs
  if (first === undefined || second === undefined || inputs.length !== 2)
    throw new LayerFault('takes exactly two inputs')
  return { outputs: [broadcast(first, second)], weights: [], macs: 0 }
})

const openConcatenate = layerKind(
  z.object({
    axis: z
      .number()
      .int()
      .nullish()
      .transform((axis) => axis ?? -1),
  }),
  ({ axis }, inputs) => {
    const [first, ...others] = inputs
    if (first === undefined || others.length === 0) throw new LayerFault('merges two or more inputs')
    const index = axis < 0 ? first.length + axis : axis - 1
    const fits = inputs.every(
      (shape) =>
        shape.length === first.length && shape.every((size, at) => at === index || size === first[at]),
    )
    if (!fits || index < 0 || index >= first.length) throw new LayerFault('its inputs have different shapes')
    const joined = inputs.reduce((sum, shape) => sum + axisSize(shape, index), 0)
    return { outputs: [first.map((size, at) => (at === index ? joined : size))], weights: [], macs: 0 }
  },
)

/** The engine gets the axis counted from the front: TF.js takes every other one for the last. */
const concatenate: LayerKind = (untrusted, inputs) => {
  const described = openConcatenate(untrusted, inputs)
  const axis = openConcatenate.schema.parse(untrusted).axis
  return { ...described, config: { axis: axis < 0 ? axis + (inputs[0]?.length ?? 0) + 1 : axis } }
}

const axis = z.number().int().min(-3).max(3)
const dot = layerKind(
  z.object({ axes: z.union([axis, z.tuple([axis, axis])]), normalize: flag(false) }),
  ({ axes }, inputs) => {
    const [first, second] = inputs
    if (
      first === undefined ||
      second === undefined ||
      inputs.length !== 2 ||
      first.length > 2 ||
      second.length > 2
    )
      throw new LayerFault('takes two inputs of at most two dimensions')
    const [a, b] = typeof axes === 'number' ? [axes, axes] : axes
    const at = (shape: Shape, one: number) => (one < 0 ? shape.length + one : one - 1)
    const shared = axisSize(first, at(first, a))
    if (at(first, a) < 0 || at(second, b) < 0 || shared !== axisSize(second, at(second, b)))
      throw new LayerFault('its inputs have different shapes')
    const rest = [...first.toSpliced(at(first, a), 1), ...second.toSpliced(at(second, b), 1)]
    const macs = rest.reduce((product, size) => product * size, shared)
    return { outputs: [rest.length === 0 ? [1] : rest], weights: [], macs }
  },
)

export const mergeLayers = {
  Add: elementwise,
  Subtract: subtract,
  Multiply: elementwise,
  Average: elementwise,
  Maximum: elementwise,
  Minimum: elementwise,
  Concatenate: concatenate,
  Dot: dot,
}
