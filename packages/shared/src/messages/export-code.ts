import type { ErrorCode } from '../errors.ts'

/** The codes of rounds that are brought from one server to another. */
export type ExportCode = Extract<ErrorCode, `ROUND_ARCHIVE_${string}`>
