import type { AuditPage } from '@taikai/shared/wire/audit'
import { infiniteQueryOptions } from '@tanstack/react-query'
import { getJson } from '../../../lib/api-client.ts'

/** The audit log page by page; `query` as `queryWithDays` gives it. */
export const auditLogQuery = (query: string) =>
  infiniteQueryOptions({
    queryKey: ['audit', query],
    queryFn: ({ pageParam, signal }) => {
      const parameters = new URLSearchParams(query)
      if (pageParam !== null) parameters.set('after', pageParam)
      return getJson<AuditPage>(`/api/audit?${parameters}`, signal)
    },
    initialPageParam: firstPage,
    getNextPageParam: ({ next }) => next,
    // What is on record is not announced: the log is read anew whenever it is opened.
    staleTime: 0,
  })

const firstPage: string | null = null
