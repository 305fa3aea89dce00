import type { Dataset } from '@taikai/shared/wire/dataset'
import { queryOptions } from '@tanstack/react-query'
import { getJson } from '../../../lib/api-client.ts'

export const datasetsQuery = queryOptions({
  queryKey: ['datasets'],
  queryFn: async ({ signal }) => (await getJson<{ datasets: Dataset[] }>('/api/datasets', signal)).datasets,
})
