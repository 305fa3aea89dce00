import type { GradeList, GradeQuery } from '@taikai/shared/wire/grades'
import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { getJson } from '../../../lib/api-client.ts'

const roundPath = (slug: string) => `/api/rounds/${encodeURIComponent(slug)}`

/** Where a table is downloaded from. */
export function tablePath(slug: string, table: 'standings' | 'submissions', bom: boolean): string {
  return `${roundPath(slug)}/exports/${table}.csv?bom=${bom ? 'yes' : 'no'}`
}

export const predictionsPath = (slug: string) => `${roundPath(slug)}/exports/predictions.npz`
export const roundZipPath = (slug: string) => `${roundPath(slug)}/export.zip`

function ruleText({ by, steps, rest, none }: GradeQuery): string {
  return new URLSearchParams({ by, steps, rest: String(rest), none: String(none) }).toString()
}

export function gradesCsvPath(slug: string, rule: GradeQuery, bom: boolean): string {
  return `${roundPath(slug)}/exports/grades.csv?${ruleText(rule)}&bom=${bom ? 'yes' : 'no'}`
}

export function gradesQuery(slug: string, rule: GradeQuery) {
  const text = ruleText(rule)
  return queryOptions({
    queryKey: ['rounds', slug, 'grades', text],
    queryFn: ({ signal }) => getJson<GradeList>(`${roundPath(slug)}/exports/grades?${text}`, signal),
    placeholderData: keepPreviousData,
  })
}
