import { z } from 'zod'
import { slugSchema } from './round.ts'

/** What a roster may be at most; a line is one person. */
export const rosterLimits = { lines: 2000, bytes: 1024 ** 2 } as const

/** POST /api/roster: the body is the file's bytes. With a round, everybody who is imported takes part in it. */
export const rosterQuerySchema = z.object({
  dryRun: z.enum(['true', 'false']).default('false'),
  round: slugSchema.optional(),
})

/** What becomes of a line: `updated` is a new name or student number, never a role or a password. */
export const rosterFateSchema = z.enum(['invited', 'unchanged', 'updated', 'error'])
export type RosterFate = z.infer<typeof rosterFateSchema>

export const rosterLineSchema = z.object({
  /** Of the file, from 1. */
  line: z.number().int(),
  name: z.string(),
  email: z.string(),
  fate: rosterFateSchema,
  /** The team that the person is put into; null where that does not change. */
  team: z.string().nullable(),
  /** Why nothing of the line is done, in the words of the request's language. */
  problem: z.object({ code: z.string(), title: z.string(), action: z.string() }).nullable(),
})
export type RosterLine = z.infer<typeof rosterLineSchema>

export const rosterReportSchema = z.object({
  encoding: z.enum(['utf-8', 'shift_jis']),
  lines: z.array(rosterLineSchema),
})
export type RosterReport = z.infer<typeof rosterReportSchema>
