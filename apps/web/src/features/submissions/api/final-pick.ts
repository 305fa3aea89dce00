import type { Submission } from '@taikai/shared/wire/submission'
import { sendJson } from '../../../lib/api-client.ts'

/** Picks a submission for the final ranking, or takes the pick back. */
export const setFinalPick = (id: string, pick: boolean) =>
  sendJson<Submission>('PUT', `/api/submissions/${encodeURIComponent(id)}/final`, { pick })
