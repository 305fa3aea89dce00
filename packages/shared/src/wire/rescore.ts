import { z } from 'zod'
import { errorCodes } from '../errors.ts'
import { engineNames, engineNotes } from '../model/engine-name.ts'
import { rankingMetrics } from '../ranking-metric.ts'
import { imageCountsSchema } from './receipt.ts'
import { submissionStatuses } from './submission.ts'

/** POST /api/rounds/:slug/rescores. What is absent stays as it is in the round. */
export const startRescoreSchema = z.object({
  /** Another dataset of the same image shape and classes. */
  datasetId: z.uuid().optional(),
  /** Scores the models that this engine can run; the others keep the round's. */
  engine: z.enum(engineNames).optional(),
})
export type StartRescore = z.infer<typeof startRescoreSchema>

export const rescoreStates = ['running', 'ready', 'live', 'abandoned'] as const

/** All of it is for instructors only, private counts included. */
export const rescoreSchema = z.object({
  id: z.uuid(),
  roundSlug: z.string(),
  state: z.enum(rescoreStates),
  /** Null: all of the round, or a selection. */
  submissionId: z.uuid().nullable(),
  /** Whether it is of some submissions, chosen by hand. */
  selection: z.boolean(),
  dataset: z.object({ id: z.uuid(), name: z.string(), version: z.number().int() }),
  /** Null: what the round is pinned to. */
  engine: z.string().nullable(),
  createdAt: z.iso.datetime(),
  createdBy: z.string().nullable(),
  endedAt: z.iso.datetime().nullable(),
  runs: z.object({ total: z.number().int(), finished: z.number().int(), failed: z.number().int() }),
})
export type Rescore = z.infer<typeof rescoreSchema>
export const rescoreListSchema = z.object({ rescores: z.array(rescoreSchema) })

/** Fields of a receipt in which two runs of one submission can differ. */
export const receiptFields = [
  'status',
  'dataset',
  'splitId',
  'engine',
  'scorerVersion',
  'counts',
  'metrics',
] as const

/** One scoring run as instructors see it. Counts and receipt fields are null until it is scored. */
export const scoringRunSchema = z.object({
  id: z.uuid(),
  status: z.enum(submissionStatuses),
  live: z.boolean(),
  rescoreId: z.uuid().nullable(),
  dataset: z.object({ name: z.string(), version: z.number().int() }),
  engine: z.string().nullable(),
  engineVersion: z.string().nullable(),
  scorerVersion: z.string().nullable(),
  splitId: z.string().nullable(),
  imagesDone: z.number().int(),
  imagesTotal: z.number().int(),
  /** How often a worker took it. */
  attempt: z.number().int(),
  /** The process that took it last: host, process id and a name of its own. */
  worker: z.string().nullable(),
  imagesPerSecond: z.number().nullable(),
  queuedAt: z.iso.datetime(),
  startedAt: z.iso.datetime().nullable(),
  finishedAt: z.iso.datetime().nullable(),
  /** Why its last attempt gave no score, with what only instructors may know; it may have been tried again since. */
  reason: z
    .object({ code: z.enum(errorCodes), params: z.record(z.string(), z.union([z.string(), z.number()])) })
    .nullable(),
  /** Why the outputs are those of wasm. */
  engineNote: z.enum(engineNotes).nullable(),
  madeLiveAt: z.iso.datetime().nullable(),
  replacedAt: z.iso.datetime().nullable(),
  public: imageCountsSchema.nullable(),
  private: imageCountsSchema.nullable(),
})
export type ScoringRun = z.infer<typeof scoringRunSchema>
/** GET /api/submissions/:id/runs, newest first. */
export const scoringRunListSchema = z.object({ runs: z.array(scoringRunSchema) })

/** GET /api/rounds/:slug/rescores/:id */
/** `imageCount`: public images that the value comes from; a rescore on another data set has others than before. */
const rankedSchema = z.object({
  rank: z.number().int(),
  value: z.number().int(),
  imageCount: z.number().int(),
})

export const rescoreDetailSchema = rescoreSchema.extend({
  metric: z.enum(rankingMetrics),
  submissions: z.array(
    z.object({
      submissionId: z.uuid(),
      label: z.string(),
      entryName: z.string(),
      before: scoringRunSchema,
      after: scoringRunSchema,
      /** Where the two differ; empty as well while the new run is not finished. */
      differences: z.array(z.enum(receiptFields)),
      /** Images that only the old, and only the new run recognised, of both splits; null where they scored different splits. */
      images: z.object({ lost: z.number().int(), gained: z.number().int() }).nullable(),
    }),
  ),
  /** Teams by what the public ranking would be, best first. Ranks and values are null without a score. */
  ranking: z.array(
    z.object({
      entryId: z.uuid(),
      name: z.string(),
      before: rankedSchema.nullable(),
      after: rankedSchema.nullable(),
    }),
  ),
})
export type RescoreDetail = z.infer<typeof rescoreDetailSchema>
