import type { Submission } from '@taikai/shared/wire/submission'
import { queryOptions } from '@tanstack/react-query'
import { getJson, sendJson } from '../../../lib/api-client.ts'

const submissionPath = (id: string) => `/api/submissions/${encodeURIComponent(id)}`

export const submissionQuery = (id: string) =>
  queryOptions({
    queryKey: ['submission', id],
    queryFn: ({ signal }) => getJson<Submission>(submissionPath(id), signal),
  })

export const cancelSubmission = (id: string) => sendJson<Submission>('DELETE', submissionPath(id))
