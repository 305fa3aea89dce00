export const roundStates = ['draft', 'scheduled', 'open', 'frozen', 'closed', 'published'] as const
export type RoundState = (typeof roundStates)[number]

/** The dates of a round that decide its state. A null date is not set. */
export type RoundDates = {
  opensAt: Date | null
  freezesAt: Date | null
  closesAt: Date | null
  publishedAt: Date | null
}

/**
 * The state of a round at `now`: a pure function of its dates, because manual actions write dates too.
 * It is open from opensAt (included) until closesAt (excluded); `frozen` is open with a ranking that stands still.
 */
export function roundState({ opensAt, freezesAt, closesAt, publishedAt }: RoundDates, now: Date): RoundState {
  if (opensAt === null) return 'draft'
  if (now < opensAt) return 'scheduled'
  if (publishedAt !== null && now >= publishedAt) return 'published'
  if (closesAt !== null && now >= closesAt) return 'closed'
  return freezesAt !== null && now >= freezesAt ? 'frozen' : 'open'
}

/** Whether a round in this state takes submissions. */
export function acceptsSubmissions(state: RoundState): boolean {
  return state === 'open' || state === 'frozen'
}

/** Whether the ranking that others see stands still: from freezesAt on, beyond the close, until unfrozen or published. */
export function isRankingFrozen(dates: RoundDates, now: Date): boolean {
  return (
    dates.freezesAt !== null &&
    now >= dates.freezesAt &&
    !['draft', 'scheduled', 'published'].includes(roundState(dates, now))
  )
}
