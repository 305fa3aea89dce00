import { TaikaiError } from '@taikai/shared/errors'
import { acceptsSubmissions, type RoundDates, roundState } from '@taikai/shared/round-state'

type Person = { id: string; role: 'STUDENT' | 'INSTRUCTOR' }

/** How long after the close a body may go on arriving whose headers came in time. */
const bodyGraceMs = 5 * 60_000

/** A submission is seen and cancelled by its entry's members and by instructors. */
export function canSeeSubmission(
  viewer: Person,
  submission: { entry: { members: readonly { userId: string }[] } },
): boolean {
  return (
    viewer.role === 'INSTRUCTOR' || submission.entry.members.some((member) => member.userId === viewer.id)
  )
}

/** What was noted of a run's engine can follow from hidden images: whoever submits could ask them questions by it. */
export const canSeeEngineNote = (viewer: Person): boolean => viewer.role === 'INSTRUCTOR'

type Schedule = RoundDates & { timeZone: string }

/**
 * Throws ROUND_NOT_SCHEDULED, ROUND_NOT_OPEN_YET (with opensAt) or ROUND_CLOSED (with closesAt) unless the round takes what
 * was received at `receivedAt`.
 */
export function assertRoundAccepts(round: Schedule, receivedAt: Date): void {
  const { opensAt, closesAt, timeZone } = round
  const state = roundState(round, receivedAt)
  if (acceptsSubmissions(state)) return
  if (state === 'scheduled' && opensAt !== null) {
    throw new TaikaiError('ROUND_NOT_OPEN_YET', { opensAt: opensAt.toISOString(), timeZone })
  }
  if ((state === 'closed' || state === 'published') && closesAt !== null) {
    throw new TaikaiError('ROUND_CLOSED', { closesAt: closesAt.toISOString(), timeZone })
  }
  throw new TaikaiError('ROUND_NOT_SCHEDULED')
}

/** Throws ROUND_CLOSED when the body ended more than five minutes after the close. */
export function assertBodyInTime(
  { closesAt, timeZone }: Pick<Schedule, 'closesAt' | 'timeZone'>,
  now: Date,
): void {
  if (closesAt !== null && now.getTime() > closesAt.getTime() + bodyGraceMs) {
    throw new TaikaiError('ROUND_CLOSED', { closesAt: closesAt.toISOString(), timeZone })
  }
}

/** Throws FINAL_PICKS_LOCKED after the round's close, and for an instructor after its results are published. */
export function assertPicksOpen(round: RoundDates, viewer: Pick<Person, 'role'>, now: Date): void {
  const state = roundState(round, now)
  const locked =
    viewer.role === 'INSTRUCTOR' ? state === 'published' : ['closed', 'published'].includes(state)
  if (locked) throw new TaikaiError('FINAL_PICKS_LOCKED')
}
