import type { WaitingList } from '@taikai/shared/wire/submission'
import { type QueryClient, queryOptions } from '@tanstack/react-query'
import { getJson } from '../../../lib/api-client.ts'

/** The unfinished submissions of the viewer's own teams. */
export const waitingQuery = queryOptions({
  queryKey: ['waiting'],
  queryFn: ({ signal }) => getJson<WaitingList>('/api/me/waiting', signal),
})

/** Adds a submission that was made here, which may be scored before the list is asked for again. */
export function addWaiting(queryClient: QueryClient, id: string): void {
  queryClient.setQueryData(waitingQuery.queryKey, (known) => ({ ids: [...(known?.ids ?? []), id] }))
}
