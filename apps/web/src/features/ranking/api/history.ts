import type { History } from '@taikai/shared/wire/history'
import { queryOptions } from '@tanstack/react-query'
import { getJson } from '../../../lib/api-client.ts'

export const historyQuery = (slug: string) =>
  queryOptions({
    queryKey: ['history', slug],
    queryFn: ({ signal }) => getJson<History>(`/api/rounds/${encodeURIComponent(slug)}/history`, signal),
  })
