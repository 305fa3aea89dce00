import type { LeaderboardView } from '@taikai/shared/leaderboard-view'
import type { Leaderboard } from '@taikai/shared/wire/leaderboard'
import { queryOptions } from '@tanstack/react-query'
import { getJson } from '../../../lib/api-client.ts'

const roundPath = (slug: string) => `/api/rounds/${encodeURIComponent(slug)}`

export const leaderboardQuery = (slug: string, view: LeaderboardView) =>
  queryOptions({
    queryKey: ['leaderboard', slug, view],
    queryFn: ({ signal }) => getJson<Leaderboard>(`${roundPath(slug)}/leaderboard?view=${view}`, signal),
  })

/** Where the same ranking is as a file. */
export const leaderboardCsvPath = (slug: string, view: LeaderboardView) =>
  `${roundPath(slug)}/leaderboard.csv?view=${view}`
