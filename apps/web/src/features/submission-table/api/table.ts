import { tablePageSize } from '@taikai/shared/submission-table'
import type { BulkAction, BulkResult, Table } from '@taikai/shared/wire/submission-table'
import { queryOptions } from '@tanstack/react-query'
import { getJson, sendJson } from '../../../lib/api-client.ts'

/** One page of the table; `query` as `toTableQuery` gives it. */
export const tablePageQuery = (query: string, page: number) =>
  queryOptions({
    queryKey: ['all-submissions', query, page],
    queryFn: ({ signal }) => {
      const parameters = new URLSearchParams(query)
      parameters.set('offset', String(page * tablePageSize))
      return getJson<Table>(`/api/submissions?${parameters}`, signal)
    },
  })

export const runBulkAction = (action: BulkAction) =>
  sendJson<BulkResult>('POST', '/api/submissions/actions', action)
