import type { Entry } from '@taikai/shared/wire/round'
import type { Submission } from '@taikai/shared/wire/submission'
import { sendJson } from '../../../lib/api-client.ts'

const submissionPath = (id: string) => `/api/submissions/${encodeURIComponent(id)}/disqualify`
const entryPath = (slug: string, id: string) =>
  `/api/rounds/${encodeURIComponent(slug)}/entries/${encodeURIComponent(id)}/disqualification`

/** With a reason; null lets the submission count again. */
export const disqualifySubmission = (id: string, reason: string | null) =>
  reason === null
    ? sendJson<Submission>('DELETE', submissionPath(id))
    : sendJson<Submission>('POST', submissionPath(id), { reason })

/** The same for a whole team. */
export const disqualifyEntry = (slug: string, id: string, reason: string | null) =>
  reason === null
    ? sendJson<Entry>('DELETE', entryPath(slug, id))
    : sendJson<Entry>('POST', entryPath(slug, id), { reason })
