import { type Correctness, discordantCounts } from './correctness.ts'
import { holmAdjusted } from './holm.ts'
import { mcNemarP } from './mcnemar.ts'

const significanceLevel = 0.05

/** `group`: 0 for the ranking's first. `adjustedP`: against the group's leader, 0.05 to 1; null for the leader itself. */
export type TiePlace = { group: number; adjustedP: number | null }

/**
 * Statistical ties of a ranking's teams, given in its order (most images right first), on the split that ranks. Groups are led,
 * not chained: the first row without a group leads one, and is compared with every lower row (exact McNemar, Holm within these).
 * Its group reaches to the first row that is shown to differ, which leads the next. The end of a group says nothing about rows
 * other than its leader.
 */
export function tieGroups(rows: readonly Correctness[]): TiePlace[] {
  const places: TiePlace[] = []
  for (let group = 0, at = 0; ; group++) {
    const leader = rows[at]
    if (leader === undefined) return places
    const near = rows.slice(at + 1, endOfDoubt(rows, at))
    const adjusted = holmAdjusted(near.map((row) => pOfDifference(leader, row)))
    const firstDifferent = adjusted.findIndex((p) => p < significanceLevel)
    const tied = firstDifferent === -1 ? adjusted : adjusted.slice(0, firstDifferent)
    places.push({ group, adjustedP: null }, ...tied.map((adjustedP) => ({ group, adjustedP })))
    at += 1 + tied.length
  }
}

/**
 * From which row on all are shown to differ from the leader at `at`, whichever images they have right. Their p is under α divided
 * by the family's size m. Holm multiplies it by m at most, so that each of them differs; and a row that does not differ has a p
 * above theirs, which Holm multiplies by the number of rows that are not below it: none of them. Leaving them out changes no group
 * and no p that is told, and saves counting their bits.
 */
function endOfDoubt(rows: readonly Correctness[], at: number): number {
  const leader = rows[at]
  const family = rows.length - at - 1
  let [low, high] = [at + 1, rows.length]
  while (leader !== undefined && low < high) {
    const middle = (low + high) >> 1
    if (family * largestP(leader, rows[middle]?.correct ?? 0) < significanceLevel) high = middle
    else low = middle + 1
  }
  return low
}

/** The p of as many images right as can be on others than the leader's: for a given difference, more discordant images prove less. */
function largestP(leader: Correctness, correct: number): number {
  const onlySecond = Math.min(correct, leader.words.length * 32 - leader.correct)
  return mcNemarP(leader.correct - correct + onlySecond, onlySecond)
}

function pOfDifference(first: Correctness, second: Correctness): number {
  const { onlyFirst, onlySecond } = discordantCounts(first, second)
  return mcNemarP(onlyFirst, onlySecond)
}
