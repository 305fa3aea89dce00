import type { Entry } from '@taikai/shared/wire/round'
import type { Invite } from '@taikai/shared/wire/team'
import { queryOptions } from '@tanstack/react-query'
import { getJson, sendJson } from '../../../lib/api-client.ts'

const entryPath = (slug: string) => `/api/rounds/${encodeURIComponent(slug)}/entry`
const invitePath = (code: string) => `/api/invites/${encodeURIComponent(code)}`

/** What a link invites to. */
export const inviteQuery = (code: string) =>
  queryOptions({
    queryKey: ['invite', code],
    queryFn: ({ signal }) => getJson<Invite>(invitePath(code), signal),
  })

export const acceptInvite = (code: string) => sendJson<Entry>('POST', `${invitePath(code)}/accept`)

/** Makes an invitation in place of the one that the viewer's team has. */
export const renewInvite = (slug: string) => sendJson<Entry>('PUT', `${entryPath(slug)}/invite`)

export const withdrawInvite = (slug: string) => sendJson<Entry>('DELETE', `${entryPath(slug)}/invite`)

export const leaveTeam = (slug: string) => sendJson<Entry>('POST', `${entryPath(slug)}/leave`)
