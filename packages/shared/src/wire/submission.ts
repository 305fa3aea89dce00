import { z } from 'zod'
import { errorCodes } from '../errors.ts'
import { inspectionSchema } from '../model/inspection.ts'
import { preprocessingSchema } from '../preprocessing.ts'

export const submissionStatuses = ['QUEUED', 'RUNNING', 'SCORED', 'REJECTED', 'FAILED', 'CANCELLED'] as const
export type SubmissionStatus = (typeof submissionStatuses)[number]

/** The multipart field `meta` of POST /api/rounds/:slug/submissions; it comes before the `files`. */
export const submissionMetaSchema = z.strictObject({
  label: z.string().trim().max(60).default(''),
  note: z.string().trim().max(2000).default(''),
  preprocessing: preprocessingSchema,
})
export type SubmissionMeta = z.infer<typeof submissionMetaSchema>

/** Scores of the public split. Private numbers have no field here, and so leave by no route of submissions. */
export const publicScoreSchema = z.object({
  correct: z.number().int(),
  total: z.number().int(),
  top5Correct: z.number().int(),
  crossEntropy: z.number(),
  squaredError: z.number(),
  perClassCorrect: z.array(z.number().int()),
  perClassTotal: z.array(z.number().int()),
  confusionMatrix: z.array(z.number().int()),
})
export type PublicScore = z.infer<typeof publicScoreSchema>

export const submissionSchema = z.object({
  id: z.uuid(),
  roundSlug: z.string(),
  roundTitle: z.string(),
  entryName: z.string(),
  label: z.string(),
  note: z.string(),
  preprocessing: preprocessingSchema,
  status: z.enum(submissionStatuses),
  receivedAt: z.iso.datetime(),
  files: z.array(z.object({ name: z.string(), bytes: z.number().int() })),
  modelSha256: z.string(),
  inspection: inspectionSchema,
  /** While queued: how many runs are ahead of this one. */
  queuePosition: z.number().int().nullable(),
  run: z.object({
    attempt: z.number().int(),
    startedAt: z.iso.datetime().nullable(),
    finishedAt: z.iso.datetime().nullable(),
    imagesDone: z.number().int(),
    imagesTotal: z.number().int(),
    engine: z.string().nullable(),
    engineVersion: z.string().nullable(),
    scorerVersion: z.string().nullable(),
    splitId: z.string().nullable(),
    imagesPerSecond: z.number().nullable(),
  }),
  /** Why it was rejected or failed. */
  reason: z
    .object({ code: z.enum(errorCodes), params: z.record(z.string(), z.union([z.string(), z.number()])) })
    .nullable(),
  score: publicScoreSchema.nullable(),
})
export type Submission = z.infer<typeof submissionSchema>
/** 201 of POST; the list of GET leaves nothing out, so that one type serves both. */
export const submissionListSchema = z.object({ submissions: z.array(submissionSchema) })
