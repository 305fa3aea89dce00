import type { Me } from '@taikai/shared/wire/account'
import { queryOptions } from '@tanstack/react-query'
import { loadInstructorTextsFor } from '../../../i18n/i18n.ts'
import { getJson } from '../../../lib/api-client.ts'

/** Who is signed in; null for a visitor. */
export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: async ({ signal }) => {
    const { me } = await getJson<{ me: Me | null }>('/api/me', signal)
    await loadInstructorTextsFor(me)
    return me
  },
  staleTime: 60_000,
})
