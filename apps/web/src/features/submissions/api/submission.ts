import type { Submission } from '@taikai/shared/wire/submission'
import { queryOptions } from '@tanstack/react-query'
import { getJson, sendJson } from '../../../lib/api-client.ts'

/** What others do moves a submission's place and wait, and is no event of its own; nor is a worker that falls silent. */
const refetchWaitingEveryMs = 5_000

const submissionPath = (id: string) => `/api/submissions/${encodeURIComponent(id)}`

export const submissionQuery = (id: string) =>
  queryOptions({
    queryKey: ['submission', id],
    queryFn: ({ signal }) => getJson<Submission>(submissionPath(id), signal),
    refetchInterval: ({ state }) => (state.data?.status === 'QUEUED' ? refetchWaitingEveryMs : false),
  })

export const cancelSubmission = (id: string) => sendJson<Submission>('DELETE', submissionPath(id))
