import type { Entry } from '@taikai/shared/wire/round'
import { queryOptions } from '@tanstack/react-query'
import { getJson, sendJson } from '../../../lib/api-client.ts'

const roundPath = (slug: string) => `/api/rounds/${encodeURIComponent(slug)}`

/** The viewer's own entry, with what is left of its quota. */
export const entryQuery = (slug: string) =>
  queryOptions({
    queryKey: ['entry', slug],
    queryFn: ({ signal }) => getJson<Entry>(`${roundPath(slug)}/entry`, signal),
  })

/** Without a code: for rounds that whoever is signed in may join. */
export const joinRound = (slug: string, joinCode?: string) =>
  sendJson<Entry>('POST', `${roundPath(slug)}/join`, { joinCode })

export const renameEntry = (slug: string, name: string) =>
  sendJson<Entry>('PUT', `${roundPath(slug)}/entry`, { name })
