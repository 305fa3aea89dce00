import type { History } from '@taikai/shared/wire/history'

/**
 * The chart's rows, one for each instant at which some team's best changed, and in each the values that changed then, by entry;
 * in the last row every team's value once more, so that all lines reach the right edge.
 */
export function historyRows(entries: History['entries']): Record<string, number>[] {
  const rows = new Map<number, Record<string, number>>()
  for (const { entryId, points } of entries) {
    for (const { receivedAt, value } of points) {
      const time = new Date(receivedAt).getTime()
      rows.set(time, { ...rows.get(time), time, [entryId]: value })
    }
  }
  const ordered = [...rows.values()].sort((a, b) => (a.time ?? 0) - (b.time ?? 0))
  const finals = entries.flatMap(({ entryId, points }) => {
    const last = points.at(-1)
    return last === undefined ? [] : [[entryId, last.value] as const]
  })
  return ordered.map((row, index) =>
    index === ordered.length - 1 ? { ...Object.fromEntries(finals), ...row } : row,
  )
}
