import type { People, Person, PersonLink, PersonState } from '@taikai/shared/wire/person'
import { queryOptions } from '@tanstack/react-query'
import { getJson, sendJson, sendWithoutAnswer } from '../../../lib/api-client.ts'

const personPath = (id: string) => `/api/people/${encodeURIComponent(id)}`

export type PeopleFilter = { search?: string; state?: PersonState; limit?: number }

export const peopleQuery = (filter: PeopleFilter) =>
  queryOptions({
    queryKey: ['people', filter],
    queryFn: ({ signal }) => {
      const { limit, ...texts } = filter
      const query = new URLSearchParams({ ...texts, ...(limit !== undefined && { limit: String(limit) }) })
      return getJson<People>(`/api/people?${query}`, signal)
    },
  })

export const personQuery = (id: string) =>
  queryOptions({
    queryKey: ['people', id],
    queryFn: ({ signal }) => getJson<Person>(personPath(id), signal),
  })

export const changeRole = (id: string, role: Person['role']) =>
  sendJson<Person>('PUT', `${personPath(id)}/role`, { role })

export const deactivate = (id: string) => sendJson<Person>('POST', `${personPath(id)}/deactivate`)

export const reactivate = (id: string) => sendJson<Person>('POST', `${personPath(id)}/reactivate`)

export const deletePerson = (id: string) => sendWithoutAnswer('DELETE', personPath(id))

/** From then on this browser sees the site as that student does. */
export const viewAs = (id: string) => sendWithoutAnswer('POST', `${personPath(id)}/view-as`)

/** The answer is the only place where the tokens are ever shown. */
export const createLinks = async (ids: readonly string[]) =>
  (await sendJson<{ links: PersonLink[] }>('POST', '/api/people/links', { ids })).links

/** Where a token leads. */
export const linkAddress = (token: string) => `${window.location.origin}/invite/${token}`
