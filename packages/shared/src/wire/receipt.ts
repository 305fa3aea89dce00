import { z } from 'zod'
import { preprocessingSchema } from '../preprocessing.ts'

/** Images of one split, counted. */
export const imageCountsSchema = z.object({
  correct: z.number().int(),
  total: z.number().int(),
  top5Correct: z.number().int(),
})

/**
 * GET /api/submissions/:id/receipt: what decides a score, and what came of it on the public split. Who scores the same model
 * under the same conditions gets the same integers.
 */
export const receiptSchema = z.object({
  submissionId: z.uuid(),
  modelSha256: z.string(),
  dataset: z.object({ name: z.string(), version: z.number().int() }),
  /** SHA-256 of the mask that says which images are public. */
  splitId: z.string(),
  engine: z.object({ name: z.string(), version: z.string() }),
  scorerVersion: z.string(),
  preprocessing: preprocessingSchema,
  /** Of the public split; the confusion matrix is row-major [true class, predicted class]. */
  counts: imageCountsSchema.extend({
    perClassCorrect: z.array(z.number().int()),
    perClassTotal: z.array(z.number().int()),
    confusionMatrix: z.array(z.number().int()),
  }),
  scoredAt: z.iso.datetime(),
  /** When this score replaced an earlier one; null for a first score. */
  rescoredAt: z.iso.datetime().nullable(),
})
export type Receipt = z.infer<typeof receiptSchema>
