import { queryOptions } from '@tanstack/react-query'
import { getJson } from '../../../lib/api-client.ts'

/** Which round a join code is for. */
export const joinCodeQuery = (code: string) =>
  queryOptions({
    queryKey: ['join-code', code],
    queryFn: ({ signal }) =>
      getJson<{ roundSlug: string; roundTitle: string }>(
        `/api/join-codes/${encodeURIComponent(code)}`,
        signal,
      ),
    enabled: code !== '',
  })
