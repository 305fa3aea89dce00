import type { Me } from '@taikai/shared/wire/account'
import { queryOptions } from '@tanstack/react-query'
import { getJson } from '../../../lib/api-client.ts'

/** Who is signed in; null for a visitor. */
export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: async ({ signal }) => (await getJson<{ me: Me | null }>('/api/me', signal)).me,
  staleTime: 60_000,
})
