import type { Comparison } from '@taikai/shared/wire/comparison'
import { queryOptions } from '@tanstack/react-query'
import { getJson } from '../../../lib/api-client.ts'

export const comparisonQuery = (id: string, other: string) =>
  queryOptions({
    // Under the submission, so that whatever makes that stale does the same here.
    queryKey: ['submission', id, 'compare', other],
    queryFn: ({ signal }) =>
      getJson<Comparison>(
        `/api/submissions/${encodeURIComponent(id)}/compare/${encodeURIComponent(other)}`,
        signal,
      ),
  })
