import type { ClassHistogram, Dataset } from '@taikai/shared/wire/dataset'
import { queryOptions } from '@tanstack/react-query'
import { getJson, sendWithoutAnswer } from '../../../lib/api-client.ts'

export const datasetsQuery = queryOptions({
  queryKey: ['datasets'],
  queryFn: async ({ signal }) => (await getJson<{ datasets: Dataset[] }>('/api/datasets', signal)).datasets,
})

export function histogramQuery(id: string) {
  return queryOptions({
    queryKey: ['datasets', id, 'histogram'],
    queryFn: ({ signal }) => getJson<ClassHistogram>(`/api/datasets/${id}/histogram`, signal),
    // A version of a dataset never changes.
    staleTime: Number.POSITIVE_INFINITY,
  })
}

export type SheetPart = 'hidden' | 'train'
/** A picture with one row for each class. */
export function contactSheetPath(id: string, part: SheetPart, perClass: number): string {
  return `/api/datasets/${id}/contact-sheet.png?part=${part}&perClass=${perClass}`
}

export const deleteDataset = (id: string) => sendWithoutAnswer('DELETE', `/api/datasets/${id}`)
