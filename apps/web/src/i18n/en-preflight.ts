import type { jaPreflight } from './ja-preflight.ts'

export const enPreflight: typeof jaPreflight = {
  preflight: {
    title: 'Before you send it',
    lead: 'Your browser looks at the files that you chose. This uses none of your submissions.',
    reading: 'Reading the model…',
    trying: 'Trying it on training images…',
    refused: 'The server would refuse it for the same reason.',
    goNeedsOthers: 'See the reason under Files, and correct the files.',
    violation: 'The server would refuse it, because it does not keep the rules.',
    caption:
      'Accuracy on {{count}} training images. Your model may have been trained on some of them, so expect less in the contest.',
    preprocessing: 'Preprocessing',
    chosen: 'Chosen',
    fits: 'The preprocessing that you chose gives the best result, or nearly so.',
    guessTitle: 'No preprocessing does better than guessing',
    guess:
      'The best result is {{best}}%, and guessing gives {{guess}}%. Was the model trained on the data of this round, with the classes in the same order?',
    adviceTitle: 'This may be the wrong preprocessing',
    advice:
      '“{{chosen}}” gives {{own}}%, “{{best}}” gives {{other}}%. Choose the one that you used in training.',
    change: 'Change to “{{best}}”',
    sendAnyway: 'Submit it as it is',
    notRun: 'ONNX models are not run in the browser. Submit it, and the server scores it.',
    noSample: 'This round has no training images, so only the structure and the rules can be checked here.',
    failed: 'It could not be tried in this browser. You can submit it all the same.',
    failedDetail: 'If you ask your instructor, tell them this: {{detail}}',
    confusion: 'Show the confusion matrix with “{{preset}}”',
  },
}
