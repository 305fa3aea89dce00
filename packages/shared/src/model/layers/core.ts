import { z } from 'zod'
import { activation } from './activation.ts'
import {
  axisSize,
  count,
  flag,
  type LayerKind,
  layerKind,
  real,
  sizeOf,
  soleInput,
  zeros,
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

const embedding = layerKind(
  z.object({ input_dim: count, output_dim: count, mask_zero: flag(false), embeddings_initializer: zeros }),
  ({ input_dim, output_dim }, inputs) => ({
    outputs: [[...soleInput(inputs), output_dim]],
    weights: [{ name: 'embeddings', shape: [input_dim, output_dim] }],
    macs: 0,
  }),
)

/** Zeroes the time steps whose features all equal `mask_value`; recurrent layers behind it skip them. */
const masking = layerKind(z.object({ mask_value: real(0) }), (_config, inputs) => ({
  outputs: [soleInput(inputs)],
  weights: [],
  macs: 0,
}))

export const coreLayers: Readonly<Record<string, LayerKind>> = {
  Dense: dense,
  Embedding: embedding,
  Masking: masking,
}
