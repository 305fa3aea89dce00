import { type Correctness, discordantCounts } from './correctness.ts'
import { holmAdjusted } from './holm.ts'
import { mcNemarP } from './mcnemar.ts'

const significanceLevel = 0.05

/** `group`: 0 for the ranking's first. `adjustedP`: against the group's leader, 0.05 to 1; null for the leader itself. */
export type TiePlace = { group: number; adjustedP: number | null }

/**
 * Statistical ties of a ranking's teams, given in its order, on the split that ranks. Groups are led, not chained: the first row
 * without a group leads one, and is compared with every lower row (exact McNemar, Holm within these). Its group reaches to the
 * first row that is shown to differ, which leads the next. The end of a group says nothing about rows other than its leader.
 */
export function tieGroups(rows: readonly Correctness[]): TiePlace[] {
  const places: TiePlace[] = []
  let rest = rows
  for (let group = 0; ; group++) {
    const [leader, ...lower] = rest
    if (leader === undefined) return places
    const adjusted = holmAdjusted(lower.map((row) => pOfDifference(leader, row)))
    const firstDifferent = adjusted.findIndex((p) => p < significanceLevel)
    const tied = firstDifferent === -1 ? adjusted : adjusted.slice(0, firstDifferent)
    places.push({ group, adjustedP: null }, ...tied.map((adjustedP) => ({ group, adjustedP })))
    rest = lower.slice(tied.length)
  }
}

function pOfDifference(first: Correctness, second: Correctness): number {
  const { onlyFirst, onlySecond } = discordantCounts(first, second)
  return mcNemarP(onlyFirst, onlySecond)
}
