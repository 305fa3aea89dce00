export const roundStates = ['draft', 'scheduled', 'open', 'closed'] as const
export type RoundState = (typeof roundStates)[number]

/** The dates of a round that decide its state. `closesAt` is null while no end is set. */
export type RoundDates = { opensAt: Date | null; closesAt: Date | null }

/**
 * The state of a round at `now`: a pure function of its dates, because manual actions write dates too.
 * It is open from opensAt (included) until closesAt (excluded).
 */
export function roundState({ opensAt, closesAt }: RoundDates, now: Date): RoundState {
  if (opensAt === null) return 'draft'
  if (now < opensAt) return 'scheduled'
  if (closesAt !== null && now >= closesAt) return 'closed'
  return 'open'
}
