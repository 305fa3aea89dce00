import type { Entry } from '@taikai/shared/wire/round'
import { sendJson } from '../../../lib/api-client.ts'

const roundPath = (slug: string) => `/api/rounds/${encodeURIComponent(slug)}`

export const joinRound = (slug: string, joinCode: string) =>
  sendJson<Entry>('POST', `${roundPath(slug)}/join`, { joinCode })

export const renameEntry = (slug: string, name: string) =>
  sendJson<Entry>('PUT', `${roundPath(slug)}/entry`, { name })
