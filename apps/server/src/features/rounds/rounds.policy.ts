import { type RoundDates, roundState } from '@taikai/shared/round-state'
import type { Round } from '../../generated/prisma/client.ts'
import type { Viewer } from '../../http/viewer.ts'

type VisibleFields = RoundDates & Pick<Round, 'visitorsMaySee' | 'joinPolicy'>

/**
 * Instructors see every round, members theirs, everybody else no draft and only what is shown to visitors, or what they may join
 * because they are signed in.
 */
export function canSeeRound(
  viewer: Pick<Viewer, 'role'> | null,
  round: VisibleFields,
  isMember: boolean,
  now: Date,
): boolean {
  if (viewer?.role === 'INSTRUCTOR' || isMember) return true
  const mayJoin = viewer !== null && round.joinPolicy === 'OPEN'
  return (round.visitorsMaySee || mayJoin) && roundState(round, now) !== 'draft'
}

/** Whether whoever comes by may make an account to join this round: it is shown to visitors, open to all and not over. */
export function opensRegistration(round: VisibleFields, now: Date): boolean {
  const isOver = ['closed', 'published'].includes(roundState(round, now))
  return round.joinPolicy === 'OPEN' && !isOver && canSeeRound(null, round, false, now)
}
