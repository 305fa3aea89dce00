import type { ExpectedSeconds } from '@taikai/shared/wire/submission'

/** Fewer finished runs say too little of how long one takes. */
const fewestRuns = 5

/** Unfinished live runs that come before one. */
export type QueuePlace = {
  /** Queued or running. */
  ahead: number
  running: number
  /** Those of its own entry, queued or running: they go one after another. */
  own: number
  ownRunning: number
}
/** How many seconds the last runs on the same images took: quarter and three quarter points of so many. */
export type RecentRuns = { count: number; low: number; high: number }

/**
 * In how many seconds a queued run's score is there, between two bounds: all that runs is done at once and each run is a quick one,
 * or all that runs has just begun and each is a slow one. `slots`: how many runs go on at a time. Null where that is not known.
 */
export function expectedOfQueued(
  { ahead, running, own, ownRunning }: QueuePlace,
  recent: RecentRuns | null,
  slots: number,
): ExpectedSeconds | null {
  if (slots === 0 || recent === null || recent.count < fewestRuns) return null
  const queued = ahead - running
  const leastTurns = Math.max(own - ownRunning, Math.floor(queued / slots))
  const mostTurns = Math.max(own, Math.ceil(ahead / slots))
  return {
    low: (leastTurns + 1) * recent.low,
    high: (mostTurns + 1) * recent.high,
    runs: recent.count,
  }
}

/** The same of a run that goes on, at the speed that it has had so far; null before its first images are done. */
export function expectedOfRunning(
  { imagesDone, imagesTotal }: { imagesDone: number; imagesTotal: number },
  elapsedSeconds: number,
): ExpectedSeconds | null {
  if (imagesDone === 0 || elapsedSeconds <= 0) return null
  const left = ((imagesTotal - imagesDone) * elapsedSeconds) / imagesDone
  return { low: left, high: left, runs: null }
}
