import { z } from 'zod'

const comparedSchema = z.object({ id: z.uuid(), label: z.string(), receivedAt: z.iso.datetime() })

/** GET /api/submissions/:id/compare/:other: two submissions of one team on the public split, image by image. */
export const comparisonSchema = z.object({
  roundSlug: z.string(),
  first: comparedSchema,
  second: comparedSchema,
  /** Images that both, one, and none of them recognised. */
  both: z.number().int(),
  onlyFirst: z.number().int(),
  onlySecond: z.number().int(),
  neither: z.number().int(),
  /** Two-sided p of McNemar's exact test, 0..1; not corrected, for this is one comparison. */
  p: z.number(),
  /** Recognised images of each true class, and how many there are. */
  classes: z.array(z.object({ first: z.number().int(), second: z.number().int(), total: z.number().int() })),
})
export type Comparison = z.infer<typeof comparisonSchema>
