import type { Submission } from '@taikai/shared/wire/submission'
import { sendJson } from '../../../lib/api-client.ts'

export const retrySubmission = (id: string) =>
  sendJson<Submission>('POST', `/api/submissions/${encodeURIComponent(id)}/retry`)

/** Makes a team a baseline, or a team again. */
export const markBaseline = (slug: string, entryId: string, baseline: boolean) =>
  sendJson('PUT', `/api/rounds/${encodeURIComponent(slug)}/entries/${encodeURIComponent(entryId)}/baseline`, {
    baseline,
  })
