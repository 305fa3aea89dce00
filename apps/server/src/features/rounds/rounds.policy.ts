import { type RoundDates, roundState } from '@taikai/shared/round-state'
import type { Round } from '../../generated/prisma/client.ts'
import type { Viewer } from '../../http/viewer.ts'

type VisibleFields = RoundDates & Pick<Round, 'visitorsMaySee'>

/** Instructors see every round, members theirs, everybody else only what is shown to visitors and no draft. */
export function canSeeRound(
  viewer: Pick<Viewer, 'role'> | null,
  round: VisibleFields,
  isMember: boolean,
  now: Date,
): boolean {
  if (viewer?.role === 'INSTRUCTOR' || isMember) return true
  return round.visitorsMaySee && roundState(round, now) !== 'draft'
}
