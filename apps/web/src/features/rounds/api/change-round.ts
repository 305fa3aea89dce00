import type { CreateRound, Round, UpdateRound } from '@taikai/shared/wire/round'
import { sendJson } from '../../../lib/api-client.ts'

export const createRound = (input: CreateRound) => sendJson<Round>('POST', '/api/rounds', input)

export const updateRound = (slug: string, input: UpdateRound) =>
  sendJson<Round>('PATCH', `/api/rounds/${encodeURIComponent(slug)}`, input)

/** Opens or closes a round now. */
export const setRoundState = (slug: string, action: 'open' | 'close') =>
  sendJson<Round>('POST', `/api/rounds/${encodeURIComponent(slug)}/${action}`)
