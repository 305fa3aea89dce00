import { engineNotes } from '@taikai/shared/model/engine-name'
import { inspectionSchema } from '@taikai/shared/model/inspection'
import { modelFormatSchema } from '@taikai/shared/model/model-format'
import { preprocessingSchema } from '@taikai/shared/preprocessing'
import { submissionMetaSchema, submissionStatuses } from '@taikai/shared/wire/submission'
import { z } from 'zod'
import { archivedDisqualification, count, date } from './archive-manifest.ts'

/** `submissions/<id>/submission.json`: one submission with its files, runs and scores. */

const sha256 = z.string().regex(/^[0-9a-f]{64}$/)
/** Written as base 64, read as bytes. */
const bits = z.base64().transform((text) => Uint8Array.from(Buffer.from(text, 'base64')))
const share = z.number().min(0).max(1)
const loss = z.number().min(0)
const shortText = z.string().max(200)

const scoreSchema = z.strictObject({
  split: z.enum(['PUBLIC', 'PRIVATE']),
  correct: count,
  total: count.min(1),
  top5Correct: count,
  crossEntropy: loss,
  squaredError: loss,
  perClassCorrect: z.array(count),
  perClassTotal: z.array(count),
  confusionMatrix: z.array(count),
  macroF1: share,
  calibrationError: share,
  calibrationBins: z.array(z.strictObject({ count, meanConfidence: share, accuracy: share })),
  crossEntropySd: loss,
  squaredErrorSd: loss,
  correctBits: bits,
  top5Bits: bits,
})

const runSchema = z.strictObject({
  id: z.uuid(),
  datasetId: z.uuid(),
  status: z.enum(submissionStatuses),
  live: z.boolean(),
  rescoreId: z.uuid().nullable(),
  madeLiveAt: date.nullable(),
  replacedAt: date.nullable(),
  attempt: count,
  startedAt: date.nullable(),
  finishedAt: date.nullable(),
  imagesDone: count,
  imagesTotal: count.min(1),
  engine: shortText.nullable(),
  engineVersion: shortText.nullable(),
  engineNote: z.enum(engineNotes).nullable(),
  scorerVersion: shortText.nullable(),
  splitId: shortText.nullable(),
  imagesPerSecond: loss.nullable(),
  reasonCode: shortText.nullable(),
  reasonParams: z.record(z.string(), z.union([z.string(), z.number()])).nullable(),
  createdAt: date,
  /** Whether its raw outputs are in the zip. */
  hasOutputs: z.boolean(),
  scores: z.array(scoreSchema).max(2),
})
export type ArchivedRun = z.output<typeof runSchema>

export const archivedSubmissionSchema = z.strictObject({
  id: z.uuid(),
  entryId: z.uuid(),
  submittedById: z.string().nullable(),
  label: submissionMetaSchema.shape.label.unwrap(),
  note: submissionMetaSchema.shape.note.unwrap(),
  preprocessing: preprocessingSchema,
  status: z.enum(submissionStatuses),
  receivedAt: date,
  quotaReturned: z.boolean(),
  finalPick: z.boolean(),
  ...archivedDisqualification,
  modelSha256: sha256,
  uploadBytes: count.min(1),
  format: modelFormatSchema,
  parameters: count,
  macs: z
    .number()
    .int()
    .min(0)
    .max(2 ** 50)
    .nullable(),
  inspection: inspectionSchema,
  createdAt: date,
  files: z.array(z.strictObject({ position: count, name: z.string().min(1).max(255), bytes: count, sha256 })),
  runs: z.array(runSchema).min(1),
})
export type ArchivedSubmission = z.output<typeof archivedSubmissionSchema>
export type ArchivedSubmissionText = z.input<typeof archivedSubmissionSchema>
