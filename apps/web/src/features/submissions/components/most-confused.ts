/**
 * The mistake that was made most often, in counts of images [classes, classes] with a row for each true class; of equal ones the
 * first. Null where there is none.
 */
export function mostConfused(
  matrix: readonly number[],
  classCount: number,
): { truth: number; predicted: number; count: number } | null {
  const mistakes = matrix
    .map((count, cell) => ({ truth: Math.floor(cell / classCount), predicted: cell % classCount, count }))
    .filter(({ truth, predicted, count }) => truth !== predicted && count > 0)
  return mistakes.toSorted((a, b) => b.count - a.count)[0] ?? null
}
