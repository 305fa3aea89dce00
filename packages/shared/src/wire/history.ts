import { z } from 'zod'
import { rankingMetrics } from '../ranking-metric.ts'

/**
 * GET /api/rounds/:slug/history: how each team's best public score rose, for the ten best teams and the viewer's own.
 * As still as the ranking while that is frozen. Teams are named by the ranking.
 */
export const historySchema = z.object({
  metric: z.enum(rankingMetrics),
  entries: z.array(
    z.object({
      entryId: z.uuid(),
      /** One for each submission that was better than all before it; `value` as `rankingValue` gives it. */
      points: z.array(z.object({ receivedAt: z.iso.datetime(), value: z.number().int() })),
    }),
  ),
  /** Public images, for metrics that count them. */
  publicCount: z.number().int(),
})
export type History = z.infer<typeof historySchema>
