import { z } from 'zod'
import { rankingMetrics } from '../ranking-metric.ts'

/**
 * GET /api/submissions/:id/standing: where a submission's entry stands in the public ranking that the viewer sees now, and what the
 * submission did for it. Values are as `rankingValue` gives them.
 */
export const standingSchema = z.object({
  metric: z.enum(rankingMetrics),
  /** Public images, for metrics that count them. */
  imageCount: z.number().int(),
  /** The ranking holds what was received before; null where it stands still for nobody, or not for the viewer. */
  frozenAt: z.iso.datetime().nullable(),
  teamCount: z.number().int(),
  /** Null where the entry has no place: a baseline, a disqualified team, nothing scored before the freeze. */
  rank: z.number().int().nullable(),
  /** Its rank in the published final ranking. */
  finalRank: z.number().int().nullable(),
  /** The group of two or more teams that are not shown to differ from its first, `leader`. */
  tie: z.object({ leader: z.string(), leads: z.boolean(), teamCount: z.number().int() }).nullable(),
  value: z.number().int(),
  /** The best of what the entry sent before; null for its first score. */
  previousBest: z.number().int().nullable(),
  /** Whether it is the one of the entry that the ranking takes. */
  counts: z.boolean(),
  /** Where it counts: the rank that the entry would have without it; null where it would have none. */
  rankWithout: z.number().int().nullable(),
})
export type Standing = z.infer<typeof standingSchema>
