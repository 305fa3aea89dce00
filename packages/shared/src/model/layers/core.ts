import { z } from 'zod'
import { activation, snakeCase } from './activation.ts'
import { axisSize, count, flag, layerKind, real, sizeOf, soleInput, zeros } from './layer-kind.ts'

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
  Embedding: embedding,
  CategoryEncoding: categoryEncoding,
  Masking: masking,
}
