/**
 * Queued runs are taken by their turn, the earliest first: short ones overtake long ones, and nobody waits without end.
 * A run's turn lies as much later than its arrival as it may be overtaken, and that grows with what it costs. A run that waits keeps
 * its turn while those of newcomers lie ever later, so in the end it is first. The runs of one entry follow each other: an entry
 * with many of them has its n-th turn after n allowances, and others come between.
 * These are the finish tags of fair queueing (Demers, Keshav and Shenker, 1989) on the clock of the wall.
 */

/** wasm on one core, the slowest engine (docs/decisions/030). Only how runs compare matters, not how fast a machine is. */
const macsPerSecond = 1e10
/** Of a model whose multiply–accumulates cannot be known: between a small CNN's and a deep one's. */
const unknownMacsPerImage = 5e7
/** A run may be overtaken for so many times its own length: ten long ones that wait let a small one by while one after another runs. */
const overtakenFor = 12
/** Nothing is overtaken by what arrives later than this after it. */
const overtakenAtMostMs = 30 * 60_000

export type RunCost = {
  /** Multiply–accumulates for one image; null where they cannot be known. */
  macs: number | null
  images: number
}

/**
 * The turn of a run that arrives at `now`. `lastTurn`: the last one among the runs of its entry that are queued or running; null
 * where there is none.
 */
export function turnOf({ macs, images }: RunCost, now: Date, lastTurn: Date | null): Date {
  const seconds = ((macs ?? unknownMacsPerImage) * images) / macsPerSecond
  const allowanceMs = Math.min(overtakenFor * seconds * 1000, overtakenAtMostMs)
  return new Date(Math.max(now.getTime(), lastTurn?.getTime() ?? 0) + allowanceMs)
}
