import type { jaSubmitting } from './ja-submitting.ts'

export const enSubmitting: typeof jaSubmitting = {
  sending: {
    begun: 'Sending.',
    progress: 'Progress of sending',
    left: 'about {{left}} left',
    dropped: 'The connection broke while sending.',
    droppedAction:
      'Check your connection and press “Send again”. Files, preprocessing, label and note are still here. If the server had received it already, it counts as one submission.',
    droppedAgain: 'If it keeps breaking, choose the files anew.',
    retry: 'Send again',
    stopped:
      'Sending was stopped. What you chose is still here. If it had arrived before that, you find it among your submissions.',
    removeAll: 'Remove all',
    goNeedsFewer: 'Reduce the files, then you can submit.',
    stillTry: 'You can still check a model before sending: that uses no submission.',
  },
  scoring: {
    phases: 'Stages of scoring',
    queued: 'Queue',
    preparing: 'Preparing the model',
    images: 'Scoring images',
    finishing: 'Adding up',
    finishingText: 'Adding up the results…',
    again: 'Scoring was interrupted and is done again (attempt {{attempt}}). This costs no submission.',
    othersHidden:
      'Waiting for its turn. While a ranking is frozen, the number of other teams’ submissions and the wait are not shown.',
    own: '{{count}} of your team’s submissions are ahead.',
    between: 'The score is expected in {{low}} to {{high}}.',
    about: 'The score is expected in about {{high}}.',
    basis: 'Estimated from the time that the last {{count}} scorings on the same images took.',
    left: 'about {{left}} left (at the speed so far)',
  },
  told: {
    SCORED: 'Scored: {{name}}',
    REJECTED: 'Cannot be scored: {{name}}',
    FAILED: 'Scoring failed: {{name}}',
    score: '{{metric}} {{value}}',
    open: 'See the result',
    here: 'When the score is there, any page of this site tells you.',
    ask: 'Notify me in other tabs, too',
    asked: 'When you are not looking at this tab, the browser notifies you as well.',
    denied:
      'Your browser’s settings block notifications of this site. Allow them there to be told that way, too.',
    works: 'Notifications work. This is how you hear of your score.',
  },
}
