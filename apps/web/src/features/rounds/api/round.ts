import type { Round } from '@taikai/shared/wire/round'
import { queryOptions } from '@tanstack/react-query'
import { getJson } from '../../../lib/api-client.ts'

export const roundQuery = (slug: string) =>
  queryOptions({
    queryKey: ['round', slug],
    queryFn: ({ signal }) => getJson<Round>(`/api/rounds/${encodeURIComponent(slug)}`, signal),
  })
