const filterKeys = ['round', 'status', 'q', 'engine', 'kind', 'disqualified', 'from', 'to'] as const
/** What the address of the table keeps: filters, order and columns. */
export const tableSearchKeys = [...filterKeys, 'sort', 'order', 'columns'] as const
export type TableSearch = Partial<Record<(typeof tableSearchKeys)[number], string>>

export function hasFilters(search: TableSearch): boolean {
  return filterKeys.some((key) => search[key] !== undefined)
}
