import type { Me } from '@taikai/shared/wire/account'
import { queryOptions } from '@tanstack/react-query'
import { loadInstructorTexts } from '../../../i18n/i18n.ts'
import { getJson } from '../../../lib/api-client.ts'

/** Who is signed in; null for a visitor. */
export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: async ({ signal }) => {
    const { me } = await getJson<{ me: Me | null }>('/api/me', signal)
    // What instructors see on any page, the banner of the student view included, has its texts when it appears.
    if (me !== null && (me.role === 'INSTRUCTOR' || me.viewAs !== null)) await loadInstructorTexts()
    return me
  },
  staleTime: 60_000,
})
