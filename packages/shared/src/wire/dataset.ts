import { z } from 'zod'
import { errorCodes } from '../errors.ts'

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

const count = z.number().int()
export const importNoteSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('KNOWN_FILE'), file: z.string(), md5: z.string(), what: z.string() }),
  z.object({ kind: z.literal('CLASS_IMBALANCE'), smallest: count, largest: count }),
  z.object({ kind: z.literal('CLASS_EMPTY'), className: z.string() }),
  /** Hidden images that equal an earlier hidden one. */
  z.object({ kind: z.literal('DUPLICATE_IMAGES'), count }),
  /** Files of a zip that are neither JPEG nor PNG. */
  z.object({ kind: z.literal('FILES_SKIPPED'), count }),
  /** Cropped in the middle to a square of so many pixels a side. */
  z.object({ kind: z.literal('IMAGES_RESIZED'), size: count }),
  /** The hidden images were drawn from one zip. */
  z.object({ kind: z.literal('HIDDEN_DRAWN'), hiddenPercent: count }),
  /** Of the rest of that zip, images that equal a hidden one. */
  z.object({ kind: z.literal('TRAINING_LEFT_OUT'), count }),
])
export type ImportNote = z.infer<typeof importNoteSchema>

/** Instructors only. */
export const datasetSchema = datasetSummarySchema.extend({
  importNotes: z.array(importNoteSchema),
  createdAt: z.iso.datetime(),
  rounds: z.array(z.object({ slug: z.string(), title: z.string() })),
})
export type Dataset = z.infer<typeof datasetSchema>
export const datasetListSchema = z.object({ datasets: z.array(datasetSchema) })

/** Images of each class, in the order of `classNames`. Instructors only. */
export const classHistogramSchema = z.object({
  hidden: z.array(count),
  /** Null without training images. */
  train: z.array(count).nullable(),
})
export type ClassHistogram = z.infer<typeof classHistogramSchema>

export const contactSheetQuerySchema = z.object({
  part: z.enum(['hidden', 'train']),
  perClass: z.coerce.number().int().min(1).max(20).default(8),
})

export type ContactSheetQuery = z.infer<typeof contactSheetQuerySchema>

export const trainingSampleQuerySchema = z.object({
  count: z.coerce.number().int().min(1).max(2000).default(200),
})

/** Formats of official files, which may also be downloaded by the server. */
export const officialFormats = ['cifar10', 'mnist', 'fashion-mnist'] as const
export type OfficialFormat = (typeof officialFormats)[number]
export const datasetFormats = [...officialFormats, 'npz', 'image-folder'] as const
export type DatasetFormat = (typeof datasetFormats)[number]

export const datasetNameSchema = z.string().trim().min(1).max(60)
/** POST /api/datasets: multipart with one field `meta` (JSON of this), then files under `hidden`, then under `train`. */
export const importDatasetSchema = z.discriminatedUnion('format', [
  z.strictObject({ name: datasetNameSchema, format: z.enum(officialFormats) }),
  z.strictObject({
    name: datasetNameSchema,
    format: z.literal('npz'),
    /** Without them, classes are named by their numbers. */
    classNames: z
      .array(z.string().trim().min(1).max(60))
      .min(2)
      .max(256)
      .refine((names) => new Set(names).size === names.length)
      .optional(),
  }),
  z.strictObject({
    name: datasetNameSchema,
    format: z.literal('image-folder'),
    /** Pixels a side of the square that every image becomes. */
    imageSize: z.number().int().min(8).max(256),
    /** Without training files: the share of each class that is drawn for the hidden images; the rest is for training. */
    hiddenPercent: z.number().int().min(1).max(99).optional(),
  }),
])
export type ImportDataset = z.infer<typeof importDatasetSchema>

/** POST /api/datasets/downloads */
export const startDownloadSchema = z.object({ name: datasetNameSchema, format: z.enum(officialFormats) })
export type StartDownload = z.infer<typeof startDownloadSchema>

export const downloadSchema = startDownloadSchema.extend({
  state: z.enum(['downloading', 'importing', 'failed']),
  receivedBytes: z.number(),
  totalBytes: z.number(),
  /** Why it failed. */
  problem: z
    .object({
      code: z.enum(errorCodes),
      params: z.record(z.string(), z.union([z.string(), z.number()])),
    })
    .nullable(),
})
export type Download = z.infer<typeof downloadSchema>
export const downloadListSchema = z.object({ downloads: z.array(downloadSchema) })
