import type { Download, StartDownload } from '@taikai/shared/wire/dataset'
import { queryOptions } from '@tanstack/react-query'
import { getJson, sendJson } from '../../../lib/api-client.ts'

const followMs = 1000

/** What the server downloads now, followed while anything is going on. */
export const downloadsQuery = queryOptions({
  queryKey: ['datasets', 'downloads'],
  queryFn: async ({ signal }) =>
    (await getJson<{ downloads: Download[] }>('/api/datasets/downloads', signal)).downloads,
  refetchInterval: ({ state }) =>
    state.data?.some((download) => download.state !== 'failed') === true ? followMs : false,
})

export const startDownload = (input: StartDownload) =>
  sendJson<Download>('POST', '/api/datasets/downloads', input)
