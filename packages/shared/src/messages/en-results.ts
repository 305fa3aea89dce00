import type { ErrorCode } from '../errors.ts'
import type { ErrorText } from './error-message.ts'

/** What keeps results from being published or seen, in English. */
export const enResults = {
  ROUND_NOT_PUBLISHED: {
    title: 'The results of this round are not published yet.',
    action: 'Until then, look at the ranking on the public images.',
  },
  ROUND_RUNS_UNFINISHED: {
    title: 'Submissions that are not scored yet: {count}.',
    action: 'Wait until they are, then publish. Published now, the final ranking is without them.',
  },
} satisfies Partial<Record<ErrorCode, ErrorText>>
