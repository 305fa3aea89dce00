import { z } from 'zod'
import {
  activation,
  axisSize,
  count,
  flag,
  LayerFault,
  type LayerKind,
  layerKind,
  sizeOf,
  soleInput,
  zeros,
} from './layer-kind.ts'

/** Layers that pass their input on unchanged when a model predicts. */
const identity = (schema: z.ZodObject) =>
  layerKind(schema, (_config, inputs) => ({ outputs: [soleInput(inputs)], weights: [], macs: 0 }))

const rate = z.number().min(0).max(1)
const anyNumber = z.number()

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

const prelu = layerKind(
  z.object({
    shared_axes: z
      .union([count, z.array(count).max(8)])
      .nullish()
      .transform((axes) => (typeof axes === 'number' ? [axes] : (axes ?? null))),
    alpha_initializer: zeros,
  }),
  ({ shared_axes }, inputs) => {
    const input = soleInput(inputs)
    if (shared_axes?.some((axis) => axis > input.length)) throw new LayerFault('shared_axes is out of range')
    const alpha = input.map((size, index) => (shared_axes?.includes(index + 1) ? 1 : size))
    return { outputs: [input], weights: [{ name: 'alpha', shape: alpha }], macs: 0 }
  },
)

export const coreLayers: Readonly<Record<string, LayerKind>> = {
  Dense: dense,
  Embedding: embedding,
  PReLU: prelu,
  Activation: identity(z.object({ activation: activation() })),
  ReLU: identity(z.object({ max_value: anyNumber.nullish() })),
  LeakyReLU: identity(z.object({ alpha: anyNumber.nullish().transform((alpha) => alpha ?? 0.3) })),
  ELU: identity(z.object({ alpha: anyNumber.nullish().transform((alpha) => alpha ?? 1) })),
  ThresholdedReLU: identity(z.object({ theta: anyNumber.nullish().transform((theta) => theta ?? 1) })),
  Softmax: layerKind(
    z.object({
      axis: z
        .number()
        .int()
        .nullish()
        .transform((axis) => axis ?? -1),
    }),
    (_config, inputs) => ({ outputs: [soleInput(inputs)], weights: [], macs: 0 }),
  ),
  Dropout: identity(z.object({ rate })),
  SpatialDropout1D: identity(z.object({ rate })),
  AlphaDropout: identity(z.object({ rate })),
  GaussianDropout: identity(z.object({ rate })),
  GaussianNoise: identity(z.object({ stddev: z.number().min(0) })),
  Masking: identity(z.object({ mask_value: anyNumber.nullish().transform((value) => value ?? 0) })),
  Rescaling: identity(
    z.object({ scale: anyNumber, offset: anyNumber.nullish().transform((offset) => offset ?? 0) }),
  ),
}
