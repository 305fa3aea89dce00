export const tableSorts = ['received', 'public', 'private', 'duration', 'parameters'] as const
export type TableSort = (typeof tableSorts)[number]
/** How many rows a page of the table of all submissions has at most. */
export const tablePageSize = 100
/** How many submissions one action may be for. */
export const bulkActionMax = 500
export const bulkActions = ['rescore', 'cancel', 'retry'] as const
