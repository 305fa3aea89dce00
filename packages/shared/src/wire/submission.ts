import { z } from 'zod'
import { errorCodes } from '../errors.ts'
import { engineNotes } from '../model/engine-name.ts'
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

/** How many files an upload may have. */
export const submissionMaxFiles = 200

/**
 * Headers of POST /api/rounds/:slug/submissions. A sender that may have to send an upload again gives it a key: what has that key
 * already is the answer, whatever the second body holds.
 */
export const submissionHeadersSchema = z.looseObject({ 'idempotency-key': z.uuid().optional() })

/** The multipart field `meta` of POST /api/rounds/:slug/baselines: the same with the name that the ranking shows. */
export const baselineMetaSchema = submissionMetaSchema.extend({ name: z.string().trim().min(1).max(60) })
export type BaselineMeta = z.infer<typeof baselineMetaSchema>

export const entryKinds = ['TEAM', 'BASELINE'] as const

/** The images whose confidence (the probability of the model's answer) lies in one bin; all 0 where there is none. Shares are 0..1. */
export const calibrationBinSchema = z.object({
  count: z.number().int(),
  meanConfidence: z.number(),
  accuracy: z.number(),
})
export type CalibrationBin = z.infer<typeof calibrationBinSchema>

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
  macroF1: z.number(),
  calibrationError: z.number(),
  /** Of equal width, the least confident first. */
  calibrationBins: z.array(calibrationBinSchema),
})
export type PublicScore = z.infer<typeof publicScoreSchema>

/** Why a submission or a team counts in no ranking, for its owners and instructors. */
export const disqualificationSchema = z.object({ at: z.iso.datetime(), reason: z.string() }).nullable()
/** POST …/disqualify and …/disqualification */
export const disqualifySchema = z.object({ reason: z.string().trim().min(1).max(500) })

/** Two bounds, reckoned from the last `runs` that were scored; equal ones at the run's own speed, where `runs` is null. */
const expectedSecondsSchema = z.object({
  low: z.number(),
  high: z.number(),
  runs: z.number().int().nullable(),
})
export type ExpectedSeconds = z.infer<typeof expectedSecondsSchema>

export const submissionSchema = z.object({
  id: z.uuid(),
  roundSlug: z.string(),
  roundTitle: z.string(),
  entryId: z.uuid(),
  entryName: z.string(),
  /** A baseline is shown in the ranking without a rank. */
  entryKind: z.enum(entryKinds),
  /** Who of the entry sent it, by name; null where its account is gone, or the system itself brought it. */
  submittedBy: z.string().nullable(),
  label: z.string(),
  note: z.string(),
  preprocessing: preprocessingSchema,
  status: z.enum(submissionStatuses),
  receivedAt: z.iso.datetime(),
  /** Whether its team picked it for the final ranking. */
  finalPick: z.boolean(),
  disqualified: disqualificationSchema,
  /** Whether its team is out of every ranking, and all its submissions with it. */
  entryDisqualified: disqualificationSchema,
  files: z.array(z.object({ name: z.string(), bytes: z.number().int() })),
  modelSha256: z.string(),
  inspection: inspectionSchema,
  /** While queued: how many runs are ahead of this one. */
  queuePosition: z.number().int().nullable(),
  /** While queued: whether runs of others may be ahead that do not count there, because a ranking is frozen. */
  othersHidden: z.boolean(),
  /** While queued: whether no worker that could score it has answered for two minutes. */
  noWorker: z.boolean(),
  /** While unfinished: in how many seconds the score is there, where that can be said. */
  expectedSeconds: expectedSecondsSchema.nullable(),
  run: z.object({
    attempt: z.number().int(),
    startedAt: z.iso.datetime().nullable(),
    finishedAt: z.iso.datetime().nullable(),
    imagesDone: z.number().int(),
    imagesTotal: z.number().int(),
    engine: z.string().nullable(),
    engineVersion: z.string().nullable(),
    /** For instructors: why the outputs are those of wasm. Null for everyone else. */
    engineNote: z.enum(engineNotes).nullable(),
    scorerVersion: z.string().nullable(),
    splitId: z.string().nullable(),
    imagesPerSecond: z.number().nullable(),
    dataset: z.object({ name: z.string(), version: z.number().int() }),
    /** When a rescore replaced the score; null for a first score. */
    madeLiveAt: z.iso.datetime().nullable(),
  }),
  /** Why it was rejected or failed. */
  reason: z
    .object({ code: z.enum(errorCodes), params: z.record(z.string(), z.union([z.string(), z.number()])) })
    .nullable(),
  score: publicScoreSchema.nullable(),
})
export type Submission = z.infer<typeof submissionSchema>
/** GET /api/me/waiting: unfinished submissions of the viewer's own teams. */
export const waitingListSchema = z.object({ ids: z.array(z.uuid()) })
export type WaitingList = z.infer<typeof waitingListSchema>
/** PUT /api/submissions/:id/final */
export const finalPickSchema = z.object({ pick: z.boolean() })
/** 201 of POST; the list of GET leaves nothing out, so that one type serves both. */
export const submissionListSchema = z.object({ submissions: z.array(submissionSchema) })
