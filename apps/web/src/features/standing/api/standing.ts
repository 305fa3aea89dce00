import type { Standing } from '@taikai/shared/wire/standing'
import { queryOptions } from '@tanstack/react-query'
import { getJson } from '../../../lib/api-client.ts'

export const standingQuery = (slug: string, id: string) =>
  queryOptions({
    // Under the ranking that it is read from, so that whatever makes that stale does the same here.
    queryKey: ['leaderboard', slug, 'standing', id],
    queryFn: ({ signal }) => getJson<Standing>(`/api/submissions/${encodeURIComponent(id)}/standing`, signal),
  })
