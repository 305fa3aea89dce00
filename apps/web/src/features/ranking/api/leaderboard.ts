import type { Leaderboard } from '@taikai/shared/wire/leaderboard'
import { queryOptions } from '@tanstack/react-query'
import { getJson } from '../../../lib/api-client.ts'

export const leaderboardQuery = (slug: string) =>
  queryOptions({
    queryKey: ['leaderboard', slug],
    queryFn: ({ signal }) =>
      getJson<Leaderboard>(`/api/rounds/${encodeURIComponent(slug)}/leaderboard`, signal),
  })
