import type { ErrorText } from './error-message.ts'
import type { SubmissionCode } from './submission-code.ts'

/** Around submissions that are there already, in English. */
export const enSubmissions: Record<SubmissionCode, ErrorText> = {
  SUBMISSION_FINISHED: {
    title: 'This submission is finished already.',
    action: 'It can no longer be cancelled.',
  },
  SUBMISSION_NOT_SCORED: {
    title: 'This submission has no score.',
    action: 'Try again when it has been scored.',
  },
  SUBMISSIONS_NOT_COMPARABLE: {
    title: 'These two submissions cannot be compared.',
    action: 'Choose two submissions of one team that were scored on the same test images.',
  },
  FINAL_PICKS_FULL: {
    title: 'You can pick {limit} submissions for the final ranking, and have.',
    action: 'Take back one of your picks first.',
  },
  FINAL_PICKS_LOCKED: {
    title: 'The final picks can no longer be changed.',
    action: 'Members of the team can change them until the round closes, instructors until it is published.',
  },
  RESCORE_OPEN: {
    title: 'Another rescore of this round has not been decided yet.',
    action: 'Make it live or abandon it first.',
  },
  RESCORE_NOTHING: {
    title: 'No submission has a score, so there is nothing to score again.',
    action: 'Try again when a submission has been scored.',
  },
  RESCORE_DATASET_MISMATCH: {
    title: "The round's submissions cannot be scored on this dataset.",
    action:
      'Choose one with the same image shape and class names, with training images if the round has them.',
  },
  RESCORE_UNFINISHED: {
    title: '{count} runs of this rescore are not finished.',
    action: 'Make it live when all are.',
  },
  RESCORE_FAILED: {
    title: 'It cannot go live: {count} of its runs failed for reasons of the system.',
    action: 'Abandon it, remove the cause, and start another one.',
  },
  RESCORE_ENDED: {
    title: 'This rescore is live already, or was abandoned.',
    action: 'Reload the page to see how it stands.',
  },
}
