import { z } from 'zod'
import { leaderboardViews } from '../leaderboard-view.ts'
import { rankingMetrics } from '../ranking-metric.ts'

/** One row: what an entry is ranked by. Numbers of images and means over them are of the split that the view ranks. */
export const leaderboardRowSchema = z.object({
  /** Shared by equal values (1, 1, 3); null for baselines. */
  rank: z.number().int().nullable(),
  entryId: z.uuid(),
  /** As the round's rules name entries: their own name, their members' names, or a name that says nothing. */
  name: z.string(),
  kind: z.enum(['TEAM', 'BASELINE']),
  memberCount: z.number().int(),
  correct: z.number().int(),
  total: z.number().int(),
  /** Images whose true class is not among the five highest outputs; null with five classes or fewer. */
  top5Wrong: z.number().int().nullable(),
  /** Rounded to 1e-4, as they are compared. */
  crossEntropy: z.number(),
  squaredError: z.number(),
  macroF1: z.number(),
  /** 95 % interval in the unit of the round's metric (a share, 0..1, for accuracy and top-5 error); null for macro-F1. */
  interval: z.tuple([z.number(), z.number()]).nullable(),
  /** Which group of entries that are not shown to differ from its first, from 0; null for baselines and metrics without groups. */
  tieGroup: z.number().int().nullable(),
  parameters: z.number().int(),
  /** Multiply-accumulates for one image; null where they cannot be known. */
  macs: z.number().nullable(),
  submissionCount: z.number().int(),
  /** When the submission that counts was received. */
  receivedAt: z.iso.datetime(),
  /** In the final view the rank on the public split; null in the public view, for baselines, and where there was none. */
  publicRank: z.number().int().nullable(),
})
export type LeaderboardRow = z.infer<typeof leaderboardRowSchema>

/** GET /api/rounds/:slug/leaderboard */
export const leaderboardSchema = z.object({
  roundSlug: z.string(),
  view: z.enum(leaderboardViews),
  metric: z.enum(rankingMetrics),
  /** Images of the split that the view ranks. */
  imageCount: z.number().int(),
  /** From this moment on what was received is left out; null where nothing is. */
  frozenAt: z.iso.datetime().nullable(),
  /** Version of the published standings; null in the public view, and in what instructors see of the final one before. */
  version: z.number().int().nullable(),
  /** Submissions of all ranked teams, whatever became of them; received before `frozenAt`. */
  submissionCount: z.number().int(),
  rows: z.array(leaderboardRowSchema),
})
export type Leaderboard = z.infer<typeof leaderboardSchema>

/** GET …/leaderboard and …/leaderboard.csv */
export const leaderboardQuerySchema = z.object({ view: z.enum(leaderboardViews).default('public') })

/** POST /api/rounds/:slug/publish: with `refuse`, runs that are unfinished stop it with ROUND_RUNS_UNFINISHED. */
export const publishRoundSchema = z.object({ unfinished: z.enum(['refuse', 'ignore']).default('refuse') })
export type PublishRound = z.infer<typeof publishRoundSchema>
