import type { ErrorCode } from '../errors.ts'

/** The codes of rounds that are brought from one server to another, and of what is taken back. */
export type ExportCode = Extract<ErrorCode, `ROUND_ARCHIVE_${string}` | 'ROUND_UNDO_UNAVAILABLE'>
