import { z } from 'zod'

/** One row: an entry's best scored submission on the public split. */
export const leaderboardRowSchema = z.object({
  /** Shared by equal scores (1, 1, 3); null for baselines. */
  rank: z.number().int().nullable(),
  entryId: z.uuid(),
  name: z.string(),
  kind: z.enum(['TEAM', 'BASELINE']),
  memberCount: z.number().int(),
  correct: z.number().int(),
  total: z.number().int(),
  /** Wilson 95 % interval of the accuracy, 0..1. */
  interval: z.tuple([z.number(), z.number()]),
  /** Images whose true class is not among the five highest outputs; null with five classes or fewer. */
  top5Wrong: z.number().int().nullable(),
  parameters: z.number().int(),
  submissionCount: z.number().int(),
  /** When the best submission was received. */
  receivedAt: z.iso.datetime(),
})
export type LeaderboardRow = z.infer<typeof leaderboardRowSchema>

export const leaderboardSchema = z.object({
  roundSlug: z.string(),
  publicCount: z.number().int(),
  /** Received submissions of all teams, whatever became of them. */
  submissionCount: z.number().int(),
  rows: z.array(leaderboardRowSchema),
})
export type Leaderboard = z.infer<typeof leaderboardSchema>
