import type { Submission } from '@taikai/shared/wire/submission'
import { queryOptions } from '@tanstack/react-query'
import { getJson } from '../../../lib/api-client.ts'

/** The viewer's own submissions in a round; all of them for an instructor. */
export const submissionsQuery = (slug: string) =>
  queryOptions({
    queryKey: ['submissions', slug],
    queryFn: async ({ signal }) =>
      (
        await getJson<{ submissions: Submission[] }>(
          `/api/rounds/${encodeURIComponent(slug)}/submissions`,
          signal,
        )
      ).submissions,
  })
