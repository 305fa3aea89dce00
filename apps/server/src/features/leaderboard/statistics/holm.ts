/**
 * Adjusted p-values of one family of comparisons, in the order given, 0..1: rejecting those below α keeps the chance of any false
 * rejection in the family at most α, whatever depends on what (S. Holm, Scand. J. Stat. 6, 1979).
 */
export function holmAdjusted(pValues: readonly number[]): number[] {
  const ascending = pValues.map((p, index) => ({ p, index })).toSorted((a, b) => a.p - b.p)
  const adjusted = new Array<number>(pValues.length)
  let largest = 0
  for (const [rejected, { p, index }] of ascending.entries()) {
    largest = Math.max(largest, Math.min(1, (pValues.length - rejected) * p))
    adjusted[index] = largest
  }
  return adjusted
}
