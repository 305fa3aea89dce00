/** What the ranking is made from: an entry's best scored submission on the public split. */
export type RankedFields = {
  kind: 'TEAM' | 'BASELINE'
  /** Recognised public images. */
  correct: number
  /** When that submission was received. */
  receivedAt: Date
  entryId: string
}

/**
 * Orders rows by correct, the most first; of equals the earlier received is listed first (then the entry's id, so that the order
 * is always the same). Equal counts share a rank: 1, 1, 3. A baseline stands where its score puts it, has no rank and takes none.
 */
export function rankRows<Row extends RankedFields>(rows: readonly Row[]): (Row & { rank: number | null })[] {
  const ordered = rows.toSorted(
    (a, b) =>
      b.correct - a.correct ||
      a.receivedAt.getTime() - b.receivedAt.getTime() ||
      (a.entryId < b.entryId ? -1 : 1),
  )
  let teams = 0
  let rank = 0
  let rankedCorrect: number | null = null
  return ordered.map((row) => {
    if (row.kind === 'BASELINE') return { ...row, rank: null }
    teams += 1
    if (row.correct !== rankedCorrect) {
      rank = teams
      rankedCorrect = row.correct
    }
    return { ...row, rank }
  })
}
