import type { PreprocessingPreset } from '../preprocessing.ts'
import type { Trial } from './try-preprocessing.ts'

export type Tried = { preset: PreprocessingPreset; trial: Trial }

/** Smaller differences may be chance, or two presets that are nearly the same; in shares of the images. */
const clearLead = 0.05

/** Standard deviations that the best of several presets may lie above guessing and still be luck. */
const luck = 3

/** The best share reached, where no preset is clearly above guessing one of `classCount` classes; null where one is, or none was tried. */
export function noBetterThanGuessing(tried: readonly Tried[], classCount: number): number | null {
  const [best] = tried.toSorted((a, b) => b.trial.correct - a.trial.correct)
  if (best === undefined || classCount < 2) return null
  const { correct, total } = best.trial
  const guess = 1 / classCount
  return correct / total > guess + luck * Math.sqrt((guess * (1 - guess)) / total) ? null : correct / total
}

/** The preset that does clearly better on the sample than the chosen one; null where none does, or the chosen one was not tried. */
export function adviseAgainst(chosen: PreprocessingPreset, tried: readonly Tried[]): Tried | null {
  const own = tried.find(({ preset }) => preset === chosen)
  if (own === undefined) return null
  const [best] = tried.toSorted((a, b) => b.trial.correct - a.trial.correct)
  if (best === undefined) return null
  return best.trial.correct - own.trial.correct > clearLead * own.trial.total ? best : null
}
