import type { ErrorCode } from '../errors.ts'

/** The codes around submissions that are there already: their final picks, comparison and rescoring. */
export type SubmissionCode = Extract<
  ErrorCode,
  `SUBMISSION${string}` | `FINAL_PICKS_${string}` | `RESCORE_${string}`
>
