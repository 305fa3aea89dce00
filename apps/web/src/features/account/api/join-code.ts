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

/** Where a join code is used: to register, or to join with an account that exists already. */
export const joinPath = (code: string) => `/register?code=${encodeURIComponent(code)}`

/** The same for other devices. */
export const joinAddress = (code: string) => `${window.location.origin}${joinPath(code)}`
