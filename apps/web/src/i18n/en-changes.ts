import type { jaChanges } from './ja-changes.ts'

export const enChanges: typeof jaChanges = {
  changes: {
    title: 'Confirm the change',
    lead: 'This round has begun. Saving changes the following.',
    confirm: 'Save this',
    none: 'none',
    noLimit: 'no limit',
    arrow: '{{from}} → {{to}}',
    effects: {
      TEXTS: 'Title or description change.',
      STATE: 'The round’s state changes at once.',
      DATE: {
        opensAt: 'The opening moves.',
        freezesAt: 'The freeze of the ranking moves.',
        closesAt: 'The closing moves. Submissions after it are refused.',
      },
      LATE_SUBMISSIONS: 'Submissions received after the new closing: {{submissions}}. They stay and count.',
      TIME_ZONE: 'The time zone changes. The quota of a day begins anew at midnight there.',
      DATASET: 'The dataset changes.',
      PUBLIC_SHARE: 'The public share (%) changes.',
      METRIC:
        'The metric changes and the ranking is computed anew. Teams that come to another rank: {{teams}}.',
      QUOTA_DAY: 'The submissions a day change. Teams that cannot submit any more today: {{teams}}.',
      QUOTA_TOTAL: 'The submissions in total change. Teams that cannot submit any more: {{teams}}.',
      UPLOAD_BYTES: 'The upload limit changes. Submissions above it: {{submissions}}. They stay.',
      PARAMETERS: 'The parameter cap changes. Submissions above it: {{submissions}}. They stay.',
      MACS: 'The cap on multiply–accumulates changes. Submissions above it, or without a known number: {{submissions}}. They stay.',
      LAYERS: 'The rules on layers change. Submissions that break them: {{submissions}}. They stay.',
      FINAL_PICKS:
        'The number of final picks changes. Teams that have picked more: {{teams}}. Their picks stay.',
      TEAM_SIZE: 'The team size changes. Teams that are larger: {{teams}}. They stay.',
      NAMES: 'The names in the ranking change for everybody at once.',
      JOIN_POLICY: 'The way to join changes for those who are still to come.',
      VISITORS: {
        yes: 'Visitors who are not signed in can see the ranking.',
        no: 'Visitors who are not signed in no longer see the ranking.',
      },
    },
    useRescore: 'To score on another dataset, start a rescore.',
    undo: {
      open: 'Undo “open”',
      freeze: 'Undo “freeze”',
      unfreeze: 'Undo “unfreeze”',
      close: 'Undo “close”',
      reopen: 'Undo “reopen”',
    },
    undoSure: {
      open: 'The dates go back to what they were. Nothing was submitted yet, so nobody loses anything.',
      freeze: 'The dates go back to what they were. Participants see the ranking move again.',
      unfreeze: 'The ranking freezes again. What participants saw meanwhile cannot be taken back.',
      close: 'The dates go back to what they were. Participants can submit again.',
      reopen: 'The dates go back to what they were. The round is closed again.',
    },
    undone: 'Taken back',
  },
}
