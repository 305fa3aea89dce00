import type { PublishRound } from '@taikai/shared/wire/leaderboard'
import type { Round } from '@taikai/shared/wire/round'
import { sendJson } from '../../../lib/api-client.ts'

export const publishRound = (slug: string, input: PublishRound) =>
  sendJson<Round>('POST', `/api/rounds/${encodeURIComponent(slug)}/publish`, input)
