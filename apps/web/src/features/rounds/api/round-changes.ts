import type { Round, UpdateRound } from '@taikai/shared/wire/round'
import type { ChangeEffect, ChangeEffects, Undo } from '@taikai/shared/wire/round-changes'
import { queryOptions } from '@tanstack/react-query'
import { getJson, sendJson } from '../../../lib/api-client.ts'

const roundPath = (slug: string) => `/api/rounds/${encodeURIComponent(slug)}`

/** What a change would do. Nothing is changed. */
export async function effectsOfChange(slug: string, changes: UpdateRound): Promise<ChangeEffect[]> {
  return (await sendJson<ChangeEffects>('POST', `${roundPath(slug)}/changes`, changes)).effects
}

/** Which action could be taken back now. */
export function undoQuery(slug: string) {
  return queryOptions({
    queryKey: ['rounds', slug, 'undo'],
    queryFn: ({ signal }) => getJson<Undo>(`${roundPath(slug)}/undo`, signal),
  })
}

export const undoLastAction = (slug: string) => sendJson<Round>('POST', `${roundPath(slug)}/undo`)
