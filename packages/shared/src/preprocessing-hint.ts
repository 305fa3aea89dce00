import type { Inspection } from './model/inspection.ts'
import type { Preprocessing } from './preprocessing.ts'

/**
 * Why a declared preprocessing is unlikely to be the one of the training: the model itself scales from 0..255 and would get small
 * values (`scaled-twice`), or it was trained on small values and would get 0..255 (`not-scaled`). A hint, never a refusal.
 */
export type PreprocessingHint = { kind: 'scaled-twice' | 'not-scaled'; layer: string }

/** Values up to here are what scaled images have (standardised ones reach about 3), and raw ones go far beyond. */
const smallValues = 10

/** Compares what a model's first layers expect with the declared values; null where they agree or say nothing. */
export function preprocessingHint(
  expects: Inspection['expects'],
  preprocessing: Preprocessing,
): PreprocessingHint | null {
  if (expects === undefined) return null
  const { layer } = expects
  const givesSmall = largestValue(preprocessing) <= smallValues
  if (expects.kind === 'rescaling')
    return Math.abs(expects.scale) < 1 / 50 && givesSmall ? { kind: 'scaled-twice', layer } : null
  const mean = Math.abs(expects.mean)
  if (mean > smallValues && givesSmall) return { kind: 'scaled-twice', layer }
  return mean < smallValues / 4 && !givesSmall ? { kind: 'not-scaled', layer } : null
}

/** The largest absolute value that a byte can become. */
function largestValue(preprocessing: Preprocessing): number {
  switch (preprocessing.preset) {
    case 'raw':
      return 255
    case 'custom': {
      const { mean, std } = preprocessing
      const ends = std.flatMap((spread, channel) => {
        const centre = mean[channel] ?? mean[0]
        return [Math.abs(centre / spread), Math.abs((255 - centre) / spread)]
      })
      return Math.max(...ends)
    }
    default:
      return 1 // `standardized` reaches a few times that: small as well
  }
}
