import { z } from 'zod'

/** What anyone who may see the round may know of its dataset. Nothing here depends on hidden images but their number. */
export const datasetSummarySchema = z.object({
  id: z.uuid(),
  name: z.string(),
  version: z.number().int(),
  imageShape: z.tuple([z.number().int(), z.number().int(), z.number().int()]), // [height, width, channels]
  classNames: z.array(z.string()),
  hiddenCount: z.number().int(),
  trainCount: z.number().int(),
  /** Per-channel statistics of the training images on the 0..255 scale; null without training images. */
  trainStatistics: z.object({ mean: z.array(z.number()), std: z.array(z.number()) }).nullable(),
})
export type DatasetSummary = z.infer<typeof datasetSummarySchema>

export const importNoteSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('KNOWN_FILE'), file: z.string(), md5: z.string(), what: z.string() }),
  z.object({ kind: z.literal('CLASS_IMBALANCE'), smallest: z.number().int(), largest: z.number().int() }),
  z.object({ kind: z.literal('CLASS_EMPTY'), className: z.string() }),
])
export type ImportNote = z.infer<typeof importNoteSchema>

/** Instructors only. */
export const datasetSchema = datasetSummarySchema.extend({
  importNotes: z.array(importNoteSchema),
  createdAt: z.iso.datetime(),
  roundSlugs: z.array(z.string()),
})
export type Dataset = z.infer<typeof datasetSchema>
export const datasetListSchema = z.object({ datasets: z.array(datasetSchema) })

export const datasetFormats = ['cifar10', 'mnist', 'fashion-mnist'] as const
/** POST /api/datasets: multipart with one field `meta` (JSON of this), then files under `hidden`, then under `train`. */
export const importDatasetSchema = z.object({
  name: z.string().trim().min(1).max(60),
  format: z.enum(datasetFormats),
})
export type ImportDataset = z.infer<typeof importDatasetSchema>
