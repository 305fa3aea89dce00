import type { LeaderboardRow } from '@taikai/shared/wire/leaderboard'

/** A row's part of the bar that joins a group: `through` for a baseline that stands between its teams. */
export type TieBracket = { part: 'first' | 'middle' | 'last' | 'through'; leader: string }

/** The bar of every row, in the order of the ranking; null for rows outside every group of two or more. */
export function tieBrackets(
  rows: readonly Pick<LeaderboardRow, 'name' | 'kind' | 'tieGroup'>[],
): (TieBracket | null)[] {
  return rows.map(({ kind, tieGroup }, index) => {
    const above = rows.slice(0, index)
    const below = rows.slice(index + 1)
    const group =
      kind === 'TEAM' ? tieGroup : (above.findLast((row) => row.kind === 'TEAM')?.tieGroup ?? null)
    if (group === null) return null
    const inGroup = (row: { tieGroup: number | null }) => row.tieGroup === group
    const [begun, goesOn] = [above.some(inGroup), below.some(inGroup)]
    const leader = rows.find(inGroup)?.name ?? ''
    if (kind === 'BASELINE') return begun && goesOn ? { part: 'through', leader } : null
    if (begun) return { part: goesOn ? 'middle' : 'last', leader }
    return goesOn ? { part: 'first', leader } : null
  })
}
