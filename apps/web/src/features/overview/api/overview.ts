import type { Overview } from '@taikai/shared/wire/overview'
import { queryOptions } from '@tanstack/react-query'
import { getJson } from '../../../lib/api-client.ts'

/** Asked for again and again while it is seen: silence, waits and disks change without an event. */
const refetchEveryMs = 2_000

export const overviewQuery = queryOptions({
  queryKey: ['overview'],
  queryFn: ({ signal }) => getJson<Overview>('/api/overview', signal),
  refetchInterval: refetchEveryMs,
})
