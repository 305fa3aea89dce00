import { z } from 'zod'
import { modelFormatSchema } from './model-format.ts'

/** What inspection read in a model before anything was allocated. Shown to its owner. */
export const inspectionSchema = z.object({
  format: modelFormatSchema,
  /** Layers in order of the file, nested models flattened. `outputShape` without the batch dimension. */
  layers: z.array(
    z.object({
      name: z.string(),
      className: z.string(),
      outputShape: z.array(z.number().int()),
      parameters: z.number().int(),
      activation: z.string().nullable(),
      /** Classes of the layers within a wrapper: [LSTM] for Bidirectional(LSTM), and for an RNN with an LSTMCell. */
      wraps: z.array(z.string()).optional(),
      /** Whether the scored output depends on it; said for models of layers only. */
      onPath: z.boolean().optional(),
      /** Places in this list of the layers whose outputs it takes, -1 for the image; not there in models inspected before it was read. */
      inputs: z.array(z.number().int()).optional(),
    }),
  ),
  /** Trainable and non-trainable weights together. */
  parameters: z.number().int(),
  /** Multiply-accumulates for one image. */
  macs: z.number().int().nullable(),
  /** Without the batch dimension, as the model declares it, e.g. [32, 32, 3] or [784]. */
  inputShape: z.array(z.number().int()),
  classCount: z.number().int(),
  /** How outputs are read: decided from the last activation, or `unknown` when the topology does not say. */
  outputKind: z.enum(['probabilities', 'logits', 'sigmoids', 'unknown']),
  /** The model takes whole numbers from 0 to 255; only there when it does. */
  integerInput: z.boolean().optional(),
  /** Which output is scored; only there when the model has several. */
  head: z.object({ name: z.string(), index: z.number().int(), count: z.number().int() }).optional(),
  /** Names of uploaded files that belong to no part of the model, at most 20; only there when there are any. */
  unusedFiles: z.array(z.string()).optional(),
  /** What the first layers tell of the values that the model was trained on; `mean` over all channels. */
  expects: z
    .discriminatedUnion('kind', [
      z.object({ kind: z.literal('rescaling'), layer: z.string(), scale: z.number() }),
      z.object({ kind: z.literal('normalization'), layer: z.string(), mean: z.number() }),
    ])
    .optional(),
})
export type Inspection = z.infer<typeof inspectionSchema>
