import { z } from 'zod'
import { TaikaiError } from '../../errors.ts'
import { activationName } from './activation.ts'
import { unsupportedMark } from './unsupported.ts'

/** A tensor's shape without its batch dimension. */
export type Shape = readonly number[]
/** One weight as the layer of TF.js names it, e.g. `kernel`; a wrapper's inner layers stand before the slash. */
export type WeightShape = { name: string; shape: Shape }

/** What follows from a layer's configuration and the shapes that come in. */
export type LayerFacts = {
  outputs: readonly Shape[]
  /** In the order of the layer's own `weights` in TF.js. */
  weights: readonly WeightShape[]
  /** Multiply-accumulates for one image; element-wise operations count none. */
  macs: number
  /** Values of the largest tensor within the layer for one image, where that is larger than its outputs. */
  working?: number
  /** The values of the only input come out, at most in another shape: what they mean stays. */
  passesOn?: boolean
  /** Named where the layer is an activation under another name; else the configuration's `activation`. */
  activation?: string
  /** Classes of the layers within a wrapper, by which the rules of a round know it as well. */
  wraps?: readonly string[]
  /** What the engine builds where that is not the class of the file with the configuration that was read. */
  engine?: { className: string; config: Record<string, unknown> }
}

export type DescribedLayer = Omit<LayerFacts, 'activation'> & {
  /** The configuration with only the keys that inference needs, in Keras' spelling. */
  config: Record<string, unknown>
  activation: string | null
}

/** Reads one layer class: from untrusted JSON and input shapes to facts, without building anything. */
export type LayerKind = (config: unknown, inputs: readonly Shape[]) => DescribedLayer
/** A layer kind that shows its schema: the engine reads the configuration with it once more, and so gets its types. */
export type TypedLayerKind<Schema extends z.ZodObject> = LayerKind & { readonly schema: Schema }

/** Thrown within this folder where a configuration cannot run; the caller adds the layer's name. */
export class LayerFault extends Error {}

/**
 * Makes a layer kind. Only the schema's keys survive into the configuration that the engine gets, so initialisers,
 * regularisers and keys like `__proto__` never reach it.
 */
export function layerKind<Schema extends z.ZodObject>(
  schema: Schema,
  derive: (config: z.output<Schema>, inputs: readonly Shape[]) => LayerFacts,
): TypedLayerKind<Schema> {
  const kind: LayerKind = (untrusted, inputs) => {
    const parsed = schema.safeParse(untrusted)
    if (!parsed.success) {
      const issue = parsed.error.issues[0]
      if (issue?.message.startsWith(unsupportedMark))
        throw new TaikaiError('LAYER_UNSUPPORTED', { layer: issue.message.slice(unsupportedMark.length) })
      throw new LayerFault(`${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'invalid'}`)
    }
    const given = Object.entries<unknown>(parsed.data).filter(([, value]) => value !== undefined)
    const config: Record<string, unknown> = Object.fromEntries(given)
    const facts = derive(parsed.data, inputs)
    return { ...facts, config, activation: facts.activation ?? activationName(config.activation) }
  }
  return Object.assign(kind, { schema })
}

/** The only input of a layer that takes one tensor; `rank` without the batch dimension, where the layer fixes it. */
export function soleInput(inputs: readonly Shape[], rank?: number): Shape {
  const [input] = inputs
  if (input === undefined || inputs.length !== 1) throw new LayerFault('takes exactly one input')
  if (rank !== undefined && input.length !== rank) throw new LayerFault(`takes input of rank ${rank + 1}`)
  return input
}

export const sizeOf = (shape: Shape) => shape.reduce((product, size) => product * size, 1)

/** The size of one axis; a layer that asks for an axis that is not there cannot run. */
export function axisSize(shape: Shape, axis: number): number {
  const size = shape.at(axis)
  if (size === undefined) throw new LayerFault('input has too few dimensions')
  return size
}

// ---- fields that many configurations share

const largest = 1_000_000
export const count = z.number().int().min(1).max(largest)
export const natural = z.number().int().min(0).max(largest)
export const flag = (byDefault: boolean) =>
  z
    .boolean()
    .nullish()
    .transform((value) => value ?? byDefault)

/** `n`, `[n]` or one number per spatial axis; gives one number per axis. */
export const perAxis = (rank: number, byDefault?: number) =>
  z
    .union([count, z.array(count).min(1).max(rank)])
    .nullish()
    .transform((value, context): number[] => {
      const given = value ?? byDefault
      if (given === undefined) {
        context.addIssue('is missing')
        return z.NEVER
      }
      if (typeof given === 'number') return new Array<number>(rank).fill(given)
      const [first] = given
      if (given.length === 1 && first !== undefined) return new Array<number>(rank).fill(first)
      if (given.length !== rank) context.addIssue(`needs ${rank} numbers`)
      return given
    })

export const padding = z
  .enum(['valid', 'same'])
  .nullish()
  .transform((value) => value ?? 'valid')

/** Channels first would need another kernel in every engine. */
export const channelsLast = z
  .string()
  .nullish()
  .transform((value, context) => {
    if (value === 'channels_first' || value === 'channelsFirst')
      context.addIssue(`${unsupportedMark}data_format=channels_first`)
    return 'channels_last' as const
  })

/** Weights are given to every layer, so what it would start from need not be drawn at random (Orthogonal can hang). */
export const zerosInitializer = { class_name: 'Zeros', config: {} } as const
export const zeros = z
  .unknown()
  .optional()
  .transform(() => zerosInitializer)

/** A whole number with a value for where the file says nothing. */
export const integer = (byDefault: number) =>
  z
    .number()
    .int()
    .nullish()
    .transform((value) => value ?? byDefault)
export const real = (byDefault: number) =>
  z
    .number()
    .nullish()
    .transform((value) => value ?? byDefault)

/** A setting that is read only in its default form; anything else would change the result. */
export const only = <const Value extends boolean | null>(value: Value, what: string) =>
  z
    .unknown()
    .optional()
    .transform((given, context) => {
      if (given !== undefined && given !== null && given !== value)
        context.addIssue(`${unsupportedMark}${what}`)
      return value
    })
