import type { Team } from '@taikai/shared/wire/team'
import { queryOptions } from '@tanstack/react-query'
import { getJson, sendJson } from '../../../lib/api-client.ts'

type Teams = { entries: Team[] }

const entriesPath = (slug: string) => `/api/rounds/${encodeURIComponent(slug)}/entries`
const entryPath = (slug: string, id: string) => `${entriesPath(slug)}/${encodeURIComponent(id)}`

/** All teams of a round, for instructors. */
export const teamsQuery = (slug: string) =>
  queryOptions({
    queryKey: ['round', slug, 'entries'],
    queryFn: async ({ signal }) => (await getJson<Teams>(entriesPath(slug), signal)).entries,
  })

/** Puts a student into a team, or with null into one of their own; out of the one that they were in. */
export const putStudent = (slug: string, email: string, teamId: string | null) =>
  sendJson<Teams>('POST', teamId === null ? entriesPath(slug) : `${entryPath(slug, teamId)}/members`, {
    email,
  })

export const removeMember = (slug: string, teamId: string, userId: string) =>
  sendJson<Teams>('DELETE', `${entryPath(slug, teamId)}/members/${encodeURIComponent(userId)}`)

export const mergeTeams = (slug: string, from: string, into: string) =>
  sendJson<Teams>('POST', `${entryPath(slug, from)}/merge`, { into })
