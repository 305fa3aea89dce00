import { errorCodes } from '@taikai/shared/errors'
import { engineNames, engineNotes } from '@taikai/shared/model/engine-name'
import { inspectionSchema } from '@taikai/shared/model/inspection'
import { preprocessingSchema } from '@taikai/shared/preprocessing'
import { z } from 'zod'

/** What a child without an engine is started with: it inspects the model and runs nothing. */
export const noEngine = 'none'
/** Of a child's environment: how many threads ONNX Runtime may have; all cores' where it is not set. */
export const threadsVariable = 'TAIKAI_THREADS'

/** How many images at the front an engine is compared with the reference on. */
export const checkedImages = 64

export const requestSchema = z.object({
  files: z.array(z.object({ name: z.string(), bytes: z.number().int() })),
  preprocessing: preprocessingSchema,
  imageShape: z.tuple([z.number().int(), z.number().int(), z.number().int()]),
  classCount: z.number().int(),
  imageCount: z.number().int(),
  training: z
    .object({
      mean: z.array(z.number()),
      std: z.array(z.number()),
      pixelMean: z.array(z.number()).nullable(),
    })
    .nullable(),
})
export type ChildRequest = z.infer<typeof requestSchema>

const params = z.record(z.string().max(50), z.union([z.string().max(2000), z.number()]))
export const messageSchema = z.discriminatedUnion('kind', [
  /** The engine runs and rights are given away: what goes wrong from here on has to do with the model. */
  z.object({ kind: z.literal('ready') }),
  z.object({
    kind: z.literal('scored'),
    outputKind: z.enum(['probabilities', 'logits', 'sigmoids', 'unknown']),
    engine: z.enum(engineNames),
    engineVersion: z.string().max(100),
    engineNote: z.enum(engineNotes).nullable(),
    imagesPerSecond: z.number().min(0),
  }),
  /** The answer of a child without an engine. */
  z.object({ kind: z.literal('inspected'), inspection: inspectionSchema }),
  z.object({ kind: z.literal('rejected'), code: z.enum(errorCodes), params }),
  z.object({ kind: z.literal('failed'), code: z.enum(errorCodes), params }),
  /** A trap within wasm: to be treated like a crash, the process is of no further use. */
  z.object({ kind: z.literal('trapped'), detail: z.string().max(200) }),
])
export type ChildMessage = z.infer<typeof messageSchema>
