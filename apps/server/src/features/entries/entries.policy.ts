import { TaikaiError } from '@taikai/shared/errors'
import { type RoundDates, roundState } from '@taikai/shared/round-state'
import type { JoinPolicy } from '../../generated/prisma/client.ts'

/** By what somebody asks to get into a round: its join code, a team's invitation, or nothing but an account. */
export type JoinProof = 'code' | 'invite' | 'account'

/**
 * Throws JOIN_ROSTER_ONLY for rounds that only instructors put people into, and JOIN_CODE_UNKNOWN where a code or an invitation
 * is needed and there is none.
 */
export function assertMayJoin({ joinPolicy }: { joinPolicy: JoinPolicy }, proof: JoinProof): void {
  if (joinPolicy === 'ROSTER') throw new TaikaiError('JOIN_ROSTER_ONLY')
  if (joinPolicy === 'CODE' && proof === 'account') throw new TaikaiError('JOIN_CODE_UNKNOWN')
}

/** Teams are frozen at the close: throws ROUND_CLOSED from then on. Instructors are not bound by it. */
export function assertTeamsMayChange(round: RoundDates & { timeZone: string }, now: Date): void {
  const state = roundState(round, now)
  if ((state === 'closed' || state === 'published') && round.closesAt !== null) {
    throw new TaikaiError('ROUND_CLOSED', {
      closesAt: round.closesAt.toISOString(),
      timeZone: round.timeZone,
    })
  }
}

/** Throws TEAM_FULL when so many members are more than the round allows in a team. */
export function assertTeamFits({ teamSize }: { teamSize: number }, memberCount: number): void {
  if (memberCount > teamSize) throw new TaikaiError('TEAM_FULL', { limit: teamSize })
}
