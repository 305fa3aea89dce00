import { z } from 'zod'
import { emailSchema } from './account.ts'

/** GET /api/invites/:code: what whoever has the link is invited to. */
export const inviteSchema = z.object({
  roundSlug: z.string(),
  roundTitle: z.string(),
  teamName: z.string(),
  /** Names of its members. */
  members: z.array(z.string()),
  teamSize: z.number().int(),
})
export type Invite = z.infer<typeof inviteSchema>

/** POST /api/rounds/:slug/entries and …/entries/:id/members: the student whom it is about, by e-mail address. */
export const studentSchema = z.object({ email: emailSchema })
/** POST /api/rounds/:slug/entries/:id/merge: the entry that takes members and submissions over. */
export const mergeEntrySchema = z.object({ into: z.uuid() })

/** An entry as instructors see it. */
export const teamSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  /** How the ranking names it. */
  rankingName: z.string(),
  members: z.array(z.object({ id: z.string(), name: z.string(), email: z.string() })),
  submissionCount: z.number().int(),
})
export type Team = z.infer<typeof teamSchema>
/** GET /api/rounds/:slug/entries: baselines are not among them. */
export const teamListSchema = z.object({ entries: z.array(teamSchema) })

/** PUT /api/rounds/:slug/entries/:id/baseline */
export const markBaselineSchema = z.object({ baseline: z.boolean() })
