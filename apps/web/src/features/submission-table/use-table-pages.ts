import { tablePageSize } from '@taikai/shared/submission-table'
import type { TableRow } from '@taikai/shared/wire/submission-table'
import { useQueries } from '@tanstack/react-query'
import { tablePageQuery } from './api/table.ts'

type Window = { firstPage: number; lastPage: number }

/** The pages that the window shows a part of. `rowAt` is undefined for a row that is on its way. */
export function useTablePages(
  query: string,
  { firstPage, lastPage }: Window,
): { rowAt(index: number): TableRow | undefined; loaded: readonly TableRow[] } {
  const numbers = Array.from({ length: lastPage - firstPage + 1 }, (_, at) => firstPage + at)
  const pages = useQueries({ queries: numbers.map((page) => tablePageQuery(query, page)) })
  return {
    rowAt: (index) => pages[Math.floor(index / tablePageSize) - firstPage]?.data?.rows[index % tablePageSize],
    loaded: pages.flatMap(({ data }) => data?.rows ?? []),
  }
}
