import type { Rescore, RescoreDetail, ScoringRun, StartRescore } from '@taikai/shared/wire/rescore'
import { queryOptions } from '@tanstack/react-query'
import { getJson, sendJson } from '../../../lib/api-client.ts'

const listPath = (slug: string) => `/api/rounds/${encodeURIComponent(slug)}/rescores`
const rescorePath = (slug: string, id: string) => `${listPath(slug)}/${encodeURIComponent(id)}`
const submissionPath = (id: string) => `/api/submissions/${encodeURIComponent(id)}`

export const rescoresQuery = (slug: string) =>
  queryOptions({
    queryKey: ['rescores', slug],
    queryFn: async ({ signal }) => (await getJson<{ rescores: Rescore[] }>(listPath(slug), signal)).rescores,
  })

export const rescoreQuery = (slug: string, id: string) =>
  queryOptions({
    queryKey: ['rescore', id],
    queryFn: ({ signal }) => getJson<RescoreDetail>(rescorePath(slug, id), signal),
  })

/** Every scoring run of a submission: for instructors. */
export const runsQuery = (submissionId: string) =>
  queryOptions({
    queryKey: ['runs', submissionId],
    queryFn: async ({ signal }) =>
      (await getJson<{ runs: ScoringRun[] }>(`${submissionPath(submissionId)}/runs`, signal)).runs,
  })

export const startRescore = (slug: string, input: StartRescore) =>
  sendJson<Rescore>('POST', listPath(slug), input)

export const startSubmissionRescore = (id: string) =>
  sendJson<Rescore>('POST', `${submissionPath(id)}/rescore`)

/** Makes a rescore live, or abandons it. */
export const endRescore = (slug: string, id: string, action: 'make-live' | 'abandon') =>
  sendJson<RescoreDetail>('POST', `${rescorePath(slug, id)}/${action}`)
