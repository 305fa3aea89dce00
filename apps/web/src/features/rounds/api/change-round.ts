import type { CloneRound, CreateRound, Round, UpdateRound } from '@taikai/shared/wire/round'
import { sendJson } from '../../../lib/api-client.ts'

const roundPath = (slug: string) => `/api/rounds/${encodeURIComponent(slug)}`

export const createRound = (input: CreateRound) => sendJson<Round>('POST', '/api/rounds', input)

export const updateRound = (slug: string, input: UpdateRound) =>
  sendJson<Round>('PATCH', roundPath(slug), input)

export type RoundAction = 'open' | 'freeze' | 'unfreeze' | 'close'

/** Does it now. */
export const actOnRound = (slug: string, action: RoundAction) =>
  sendJson<Round>('POST', `${roundPath(slug)}/${action}`)

/** Opens a closed round again, until an instant or without an end. */
export const reopenRound = (slug: string, closesAt: string | null) =>
  sendJson<Round>('POST', `${roundPath(slug)}/reopen`, { closesAt })

export const cloneRound = (slug: string, input: CloneRound) =>
  sendJson<Round>('POST', `${roundPath(slug)}/clone`, input)
