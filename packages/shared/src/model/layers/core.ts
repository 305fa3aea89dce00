import { z } from 'zod'
import { TaikaiError } from '../../errors.ts'
import { activation, snakeCase } from './activation.ts'
import {
  axisSize,
  count,
  flag,
  layerKind,
  real,
  sizeOf,
  soleInput,
  zeros,
  zerosInitializer,
} from './layer-kind.ts'

const dense = layerKind(
  z.object({
    units: count,
    activation: activation(),
    use_bias: flag(true),
    kernel_initializer: zeros,
    bias_initializer: zeros,
  }),
  ({ units, use_bias }, inputs) => {
    const input = soleInput(inputs)
    const features = axisSize(input, -1)
    return {
      outputs: [[...input.slice(0, -1), units]],
      weights: [
        { name: 'kernel', shape: [features, units] },
        ...(use_bias ? [{ name: 'bias', shape: [units] }] : []),
      ],
      macs: sizeOf(input) * units,
    }
  },
)

/** An equation that contracts the last axis of the input with the first of a matrix: a Dense layer, whatever the letters. */
const denseEquation = /^(?:\.\.\.|[a-z]*)([a-z]),\1([a-z])->(?:\.\.\.|[a-z]*)\2$/

/** Only where it is a Dense layer: other contractions stand within attention, which has layers of its own. */
const einsumDense = layerKind(
  z.object({
    equation: z.string().max(100),
    output_shape: z.union([count.nullable(), z.array(count.nullable()).max(8)]),
    bias_axes: z.string().max(8).nullish(),
    activation: activation(),
  }),
  ({ equation, output_shape, bias_axes, activation: applied }, inputs) => {
    const input = soleInput(inputs)
    const plain = equation.replaceAll(' ', '')
    const [, , last = ''] = denseEquation.exec(plain) ?? []
    const [before = '', after = ''] = plain.split(/,.*->/)
    const units = Array.isArray(output_shape) ? output_shape.at(-1) : output_shape
    const keepsAxes = before.slice(0, -1) === after.slice(0, -1) && !before.slice(0, -1).includes(last)
    const biased = bias_axes !== null && bias_axes !== undefined && bias_axes !== ''
    if (last === '' || !keepsAxes || typeof units !== 'number' || (biased && bias_axes !== last))
      throw new TaikaiError('LAYER_UNSUPPORTED', { layer: `EinsumDense(${equation})` })
    const features = axisSize(input, -1)
    return {
      outputs: [[...input.slice(0, -1), units]],
      weights: [
        { name: 'kernel', shape: [features, units] },
        ...(biased ? [{ name: 'bias', shape: [units] }] : []),
      ],
      macs: sizeOf(input) * units,
      engine: {
        className: 'Dense',
        config: {
          units,
          use_bias: biased,
          activation: applied,
          kernel_initializer: zerosInitializer,
          bias_initializer: zerosInitializer,
        },
      },
    }
  },
)

const embedding = layerKind(
  z.object({ input_dim: count, output_dim: count, mask_zero: flag(false), embeddings_initializer: zeros }),
  ({ input_dim, output_dim }, inputs) => ({
    outputs: [[...soleInput(inputs), output_dim]],
    weights: [{ name: 'embeddings', shape: [input_dim, output_dim] }],
    macs: 0,
  }),
)

/** Whole numbers below `num_tokens` as vectors: each by itself, or over the last axis whether or how often each is there. */
const categoryEncoding = layerKind(
  z.object({
    num_tokens: count,
    output_mode: z
      .string()
      .nullish()
      .transform((mode, context): 'one_hot' | 'multi_hot' | 'count' => {
        const name = snakeCase(mode ?? 'multi_hot')
        if (name === 'one_hot' || name === 'multi_hot' || name === 'count') return name
        context.addIssue('is no output mode')
        return z.NEVER
      }),
  }),
  ({ num_tokens, output_mode }, inputs) => {
    const input = soleInput(inputs)
    const single = output_mode === 'one_hot' && input.at(-1) !== 1
    const output = [...(single ? input : input.slice(0, -1)), num_tokens]
    return { outputs: [output], weights: [], macs: 0, working: sizeOf(input) * num_tokens }
  },
)

/** Zeroes the time steps whose features all equal `mask_value`; recurrent layers behind it skip them. */
const masking = layerKind(z.object({ mask_value: real(0) }), (_config, inputs) => ({
  outputs: [soleInput(inputs)],
  weights: [],
  macs: 0,
}))

export const coreLayers = {
  Dense: dense,
  EinsumDense: einsumDense,
  Embedding: embedding,
  CategoryEncoding: categoryEncoding,
  Masking: masking,
}
