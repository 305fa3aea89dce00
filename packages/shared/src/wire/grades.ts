import { z } from 'zod'
import { rankingMetrics } from '../ranking-metric.ts'

export const gradeBases = ['rank', 'score'] as const
const points = z.coerce.number().min(0).max(1_000_000)
const number = String.raw`\d{1,9}(?:\.\d{1,9})?`
const stepsPattern = new RegExp(`^(?:${number}:${number}(?:,${number}:${number}){0,19})?$`)

/**
 * How results become points, as it stands in an address: `by=rank&steps=3:100,10:90&rest=80&none=0` is 100 points for ranks 1 to 3,
 * 90 for 4 to 10, 80 for whoever else has a score and 0 for whoever has none. With `by=score` a limit is a value of the round's metric
 * (percent for accuracy and top-5 error) that is reached or bettered.
 */
export const gradeQuerySchema = z.object({
  by: z.enum(gradeBases).default('rank'),
  steps: z.string().regex(stepsPattern).default(''),
  rest: points.default(0),
  none: points.default(0),
})
export type GradeQuery = z.infer<typeof gradeQuerySchema>

export type GradeRule = {
  by: (typeof gradeBases)[number]
  steps: { limit: number; points: number }[]
  /** For a result that reaches no step, and for no result at all. */
  rest: number
  none: number
}

export function gradeRuleOf({ steps, ...rest }: GradeQuery): GradeRule {
  const pairs = steps === '' ? [] : steps.split(',')
  return {
    ...rest,
    steps: pairs.map((pair) => {
      const [limit, points] = pair.split(':').map(Number)
      return { limit: limit ?? 0, points: points ?? 0 }
    }),
  }
}

/** A student's points. Instructors only. */
export const gradeSchema = z.object({
  entryName: z.string(),
  studentNumber: z.string().nullable(),
  name: z.string(),
  email: z.string(),
  /** Of the entry in the final ranking; null without a score, and where it is disqualified. */
  rank: z.number().int().nullable(),
  /** Of the round's metric on the private split, see `gradeValue`. */
  value: z.number().nullable(),
  points: z.number(),
})
export type Grade = z.infer<typeof gradeSchema>

/** GET /api/rounds/:slug/exports/grades */
export const gradeListSchema = z.object({
  metric: z.enum(rankingMetrics),
  /** Whether these are the published standings; else the final ranking as it would be now. */
  published: z.boolean(),
  grades: z.array(gradeSchema),
})
export type GradeList = z.infer<typeof gradeListSchema>
