import { z } from 'zod'
import { errorCodes } from '../errors.ts'
import { engineNames } from '../model/engine-name.ts'
import { modelFormatSchema } from '../model/model-format.ts'
import { bulkActionMax, bulkActions, tablePageSize, tableSorts } from '../submission-table.ts'
import { entryKinds, submissionStatuses } from './submission.ts'

/** Which submissions of all rounds the table shows, and in which order. What is absent does not restrict. */
export const tableFilterSchema = z.object({
  /** A round's slug. */
  round: z.string().optional(),
  status: z.enum(submissionStatuses).optional(),
  /** A part of a team's name or of a label, in any case of letters. */
  q: z.string().trim().max(100).optional(),
  engine: z.enum(engineNames).optional(),
  kind: z.enum(entryKinds).optional(),
  /** Whether it, or its team, is disqualified. */
  disqualified: z.enum(['yes', 'no']).optional(),
  /** Received at or after, and before. */
  from: z.iso.datetime().optional(),
  to: z.iso.datetime().optional(),
})
export type TableFilter = z.infer<typeof tableFilterSchema>

/** The query of GET /api/submissions. */
export const tableQuerySchema = tableFilterSchema.extend({
  sort: z.enum(tableSorts).default('received'),
  order: z.enum(['asc', 'desc']).default('desc'),
  offset: z.coerce.number().int().min(0).max(10_000_000).default(0),
  limit: z.coerce.number().int().min(1).max(tablePageSize).default(tablePageSize),
})
export type TableQuery = z.infer<typeof tableQuerySchema>

const countsSchema = z.object({ correct: z.number().int(), total: z.number().int() }).nullable()

/** A submission in the table: for instructors only, private counts included. */
export const tableRowSchema = z.object({
  id: z.uuid(),
  roundSlug: z.string(),
  roundTitle: z.string(),
  entryName: z.string(),
  entryKind: z.enum(entryKinds),
  label: z.string(),
  status: z.enum(submissionStatuses),
  receivedAt: z.iso.datetime(),
  disqualified: z.boolean(),
  finalPick: z.boolean(),
  format: modelFormatSchema,
  parameters: z.number().int(),
  uploadBytes: z.number().int(),
  engine: z.string().nullable(),
  /** From its claim to its end; null while it is not finished. */
  durationMs: z.number().nullable(),
  public: countsSchema,
  private: countsSchema,
  /** Why it was rejected or failed. */
  reasonCode: z.enum(errorCodes).nullable(),
})
export type TableRow = z.infer<typeof tableRowSchema>
/** GET /api/submissions: one page, and how many rows there are in all. */
export const tableSchema = z.object({ total: z.number().int(), rows: z.array(tableRowSchema) })
export type Table = z.infer<typeof tableSchema>

/** POST /api/submissions/actions */
export const bulkActionSchema = z.object({
  action: z.enum(bulkActions),
  ids: z.array(z.uuid()).min(1).max(bulkActionMax),
})
export type BulkAction = z.infer<typeof bulkActionSchema>
/** What became of each: done, or refused with a code. */
export const bulkResultSchema = z.object({
  done: z.array(z.uuid()),
  refused: z.array(z.object({ id: z.uuid(), code: z.enum(errorCodes) })),
})
export type BulkResult = z.infer<typeof bulkResultSchema>
