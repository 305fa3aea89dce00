import { z } from 'zod'
import { rankingMetrics } from '../ranking-metric.ts'
import { roundStates } from '../round-state.ts'
import { joinPolicies, rankingNames } from './round.ts'

const count = z.number().int()
const limit = count.nullable()
const instant = z.iso.datetime().nullable()

export const roundDates = ['opensAt', 'freezesAt', 'closesAt'] as const

/**
 * What a change of a round would do, and to whom. `teams` and `submissions` are numbers of those whom it concerns at this moment;
 * a limit of null is none.
 */
export const changeEffectSchema = z.discriminatedUnion('code', [
  z.object({ code: z.literal('TEXTS') }),
  z.object({ code: z.literal('STATE'), from: z.enum(roundStates), to: z.enum(roundStates) }),
  z.object({ code: z.literal('DATE'), date: z.enum(roundDates), from: instant, to: instant }),
  /** Received after the new closing date; they stay. */
  z.object({ code: z.literal('LATE_SUBMISSIONS'), submissions: count }),
  z.object({ code: z.literal('TIME_ZONE'), from: z.string(), to: z.string() }),
  z.object({ code: z.literal('DATASET'), from: z.string(), to: z.string() }),
  z.object({ code: z.literal('PUBLIC_SHARE'), from: count, to: count }),
  /** `teams`: with another rank in the public ranking. */
  z.object({
    code: z.literal('METRIC'),
    from: z.enum(rankingMetrics),
    to: z.enum(rankingMetrics),
    teams: count,
  }),
  /** `teams`: that have used it up today already. */
  z.object({ code: z.literal('QUOTA_DAY'), from: limit, to: limit, teams: count }),
  z.object({ code: z.literal('QUOTA_TOTAL'), from: limit, to: limit, teams: count }),
  /** `submissions`: that it would refuse; they stay. */
  z.object({ code: z.literal('UPLOAD_BYTES'), from: count, to: count, submissions: count }),
  z.object({ code: z.literal('PARAMETERS'), from: limit, to: limit, submissions: count }),
  z.object({ code: z.literal('MACS'), from: limit, to: limit, submissions: count }),
  z.object({ code: z.literal('LAYERS'), submissions: count }),
  /** `teams`: that have picked more already. */
  z.object({ code: z.literal('FINAL_PICKS'), from: count, to: count, teams: count }),
  /** `teams`: that have more members already. */
  z.object({ code: z.literal('TEAM_SIZE'), from: count, to: count, teams: count }),
  z.object({ code: z.literal('NAMES'), from: z.enum(rankingNames), to: z.enum(rankingNames) }),
  z.object({ code: z.literal('JOIN_POLICY'), from: z.enum(joinPolicies), to: z.enum(joinPolicies) }),
  z.object({ code: z.literal('VISITORS'), visible: z.boolean() }),
])
export type ChangeEffect = z.infer<typeof changeEffectSchema>

/** POST /api/rounds/:slug/changes: what PATCH with the same body would do. Nothing is changed. */
export const changeEffectsSchema = z.object({ effects: z.array(changeEffectSchema) })
export type ChangeEffects = z.infer<typeof changeEffectsSchema>

export const undoableActions = ['open', 'freeze', 'unfreeze', 'close', 'reopen'] as const
export type UndoableAction = (typeof undoableActions)[number]
/** GET /api/rounds/:slug/undo: what POST would take back; null: nothing. */
export const undoSchema = z.object({ action: z.enum(undoableActions).nullable() })
export type Undo = z.infer<typeof undoSchema>
