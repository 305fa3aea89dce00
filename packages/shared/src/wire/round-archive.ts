import { z } from 'zod'
import { slugSchema } from './round.ts'

const count = z.number().int()

/** 201 of POST /api/rounds/import: what came in. */
export const importedRoundSchema = z.object({
  slug: slugSchema,
  title: z.string(),
  /** Whether another round had its address, so that it got one with a number. */
  slugWasTaken: z.boolean(),
  entries: count,
  submissions: count,
  /** People of the round who have an account here, by e-mail address. */
  peopleMatched: count,
  /** Members for whom an account without a password was made. */
  peopleCreated: count,
})
export type ImportedRound = z.infer<typeof importedRoundSchema>
