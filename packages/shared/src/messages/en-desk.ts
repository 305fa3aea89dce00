import type { ErrorCode } from '../errors.ts'
import type { ErrorText } from './error-message.ts'

/** Why something that an instructor does is refused, in English. */
export const enDesk = {
  RETRY_NOT_FAILED: {
    title: 'Scoring of this submission has not failed.',
    action: 'Reload the page to see its present state. Use “Rescore” for what is scored.',
  },
  BASELINE_WITHOUT_MEMBERS: {
    title: 'Nobody is a member of this baseline, so it cannot become a team.',
    action: 'Disqualify it to take it out of the ranking.',
  },
} satisfies Partial<Record<ErrorCode, ErrorText>>
