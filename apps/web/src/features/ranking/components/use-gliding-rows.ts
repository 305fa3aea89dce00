import type { LeaderboardRow } from '@taikai/shared/wire/leaderboard'
import { type RefObject, useLayoutEffect, useRef } from 'react'

const glide: KeyframeAnimationOptions = { duration: 250, easing: 'ease-in-out' }

/**
 * Lets rows that changed their places glide there: each starts where it was (First, Last, Invert, Play). Not for whom wants less
 * motion, and not when other rows are searched for. To be set on the body of the table; its rows carry `data-entry`.
 */
export function useGlidingRows(
  rows: readonly LeaderboardRow[],
  search: string,
): RefObject<HTMLTableSectionElement | null> {
  const body = useRef<HTMLTableSectionElement>(null)
  const last = useRef({ rows, search, places: new Map<string, number>() })
  useLayoutEffect(() => {
    if (body.current === null) return
    const before = last.current
    // Places in the table, whether or not the rows are on their way to them.
    const placed = [...body.current.rows].map((row) => ({
      row,
      id: row.dataset.entry ?? '',
      top: row.offsetTop,
    }))
    last.current = { rows, search, places: new Map(placed.map(({ id, top }) => [id, top])) }
    if (before.rows === rows || before.search !== search) return
    if (window.matchMedia('(prefers-reduced-motion: reduce)').matches) return
    for (const { row, id, top } of placed) {
      const from = before.places.get(id)
      if (from === undefined || from === top) continue
      row.animate([{ transform: `translateY(${from - top}px)` }, { transform: 'none' }], glide)
    }
  }, [rows, search])
  return body
}
