import type { Round } from '@taikai/shared/wire/round'
import { queryOptions } from '@tanstack/react-query'
import { getJson } from '../../../lib/api-client.ts'

export const roundsQuery = queryOptions({
  queryKey: ['rounds'],
  queryFn: async ({ signal }) => (await getJson<{ rounds: Round[] }>('/api/rounds', signal)).rounds,
})
