/** Words of docs/glossary.*.md to which pages lead; each stands there as a link to `#word`. */
export const glossaryWords = [
  'accuracy',
  'top-5-error',
  'cross-entropy',
  'squared-error',
  'macro-f1',
  'ece',
  'softmax',
  'macs',
  'confusion-matrix',
] as const
export type GlossaryWord = (typeof glossaryWords)[number]
