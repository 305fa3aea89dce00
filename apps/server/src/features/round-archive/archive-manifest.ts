import { engineNames } from '@taikai/shared/model/engine-name'
import { modelFamilies } from '@taikai/shared/model/model-format'
import { importNoteSchema } from '@taikai/shared/wire/dataset'
import { leaderboardSchema } from '@taikai/shared/wire/leaderboard'
import { entryNameSchema, roundRulesSchema, slugSchema, timeZoneSchema } from '@taikai/shared/wire/round'
import { disqualifySchema } from '@taikai/shared/wire/submission'
import { z } from 'zod'

/**
 * `manifest.json` of a round's zip: everything of the round but its submissions, each of which has a file of its own
 * (`archived-submission.ts`) and its blobs. Ids are those of the server that wrote it.
 */

/** Written as text, read as a date. */
export const date = z.iso.datetime().transform((text) => new Date(text))
export const count = z
  .number()
  .int()
  .min(0)
  .max(2 ** 31 - 1)
const id = z.uuid()
const personId = z.string().min(1).max(100)
const disqualified = {
  disqualifiedAt: date.nullable(),
  disqualifiedReason: disqualifySchema.shape.reason.nullable(),
}

const datasetSchema = z.strictObject({
  id,
  name: z.string().trim().min(1).max(60),
  imageHeight: z.number().int().min(1).max(1024),
  imageWidth: z.number().int().min(1).max(1024),
  imageChannels: z.union([z.literal(1), z.literal(3)]),
  classNames: z.array(z.string().min(1).max(200)).min(2).max(256),
  hiddenCount: count.min(1),
  trainCount: count,
  trainStatistics: z.object({ mean: z.array(z.number()), std: z.array(z.number()) }).nullable(),
  importNotes: z.array(importNoteSchema),
  createdAt: date,
})
export type ArchivedDataset = z.output<typeof datasetSchema>

const roundSchema = z.strictObject({
  id,
  slug: slugSchema,
  title: z.string().min(1).max(120),
  description: z.string().max(20_000),
  datasetId: id,
  publicPercent: z.number().int().min(1).max(99),
  /** Decides which hidden image is public; with it the zip is as secret as the hidden labels beside it. */
  splitSeed: z.string().min(1).max(200),
  timeZone: timeZoneSchema,
  opensAt: date.nullable(),
  freezesAt: date.nullable(),
  closesAt: date.nullable(),
  publishedAt: date.nullable(),
  visitorsMaySee: z.boolean(),
  rules: roundRulesSchema,
  createdAt: date,
})

export const manifestSchema = z.strictObject({
  format: z.literal('taikai-round-1'),
  exportedAt: date,
  round: roundSchema,
  /** The round's own first, then others that its runs and rescores refer to. */
  datasets: z.array(datasetSchema).min(1).max(200),
  people: z.array(
    z.strictObject({ id: personId, name: z.string().min(1).max(200), email: z.email().max(320) }),
  ),
  entries: z.array(
    z.strictObject({
      id,
      name: entryNameSchema,
      kind: z.enum(['TEAM', 'BASELINE']),
      ...disqualified,
      createdAt: date,
      /** In order of joining. */
      members: z.array(z.strictObject({ personId, joinedAt: date })),
    }),
  ),
  enginePins: z.array(z.strictObject({ family: z.enum(modelFamilies), engine: z.enum(engineNames) })),
  rescores: z.array(
    z.strictObject({
      id,
      submissionId: id.nullable(),
      /** Some submissions, chosen by hand. */
      selection: z.boolean(),
      datasetId: id,
      engine: z.enum(engineNames).nullable(),
      createdById: personId.nullable(),
      createdAt: date,
      madeLiveAt: date.nullable(),
      abandonedAt: date.nullable(),
    }),
  ),
  standings: z.array(
    z.strictObject({ version: count.min(1), publishedAt: date, leaderboard: leaderboardSchema }),
  ),
  announcements: z.array(z.strictObject({ body: z.string().min(1), createdAt: date, updatedAt: date })),
  submissionIds: z.array(id),
})
/** As it is read: dates are dates. */
export type Manifest = z.output<typeof manifestSchema>
/** As it is written. */
export type ManifestText = z.input<typeof manifestSchema>

export const archivedDisqualification = disqualified

/** Places in the zip. */
export const places = {
  manifest: 'manifest.json',
  submission: (id: string) => `submissions/${id}/submission.json`,
  file: (id: string, position: number) => `submissions/${id}/files/${position}`,
  outputs: (runId: string) => `outputs/${runId}`,
  dataset: (id: string, blob: DatasetBlob) => `datasets/${id}/${blob}`,
}

export const datasetBlobs = [
  'hiddenImagesBlob',
  'hiddenLabelsBlob',
  'trainImagesBlob',
  'trainLabelsBlob',
] as const
export type DatasetBlob = (typeof datasetBlobs)[number]
