import { TaikaiError } from '@taikai/shared/errors'
import type { LeaderboardView } from '@taikai/shared/leaderboard-view'
import { isRankingFrozen, type RoundDates, roundState } from '@taikai/shared/round-state'
import type { Viewer } from '../../http/viewer.ts'

/** What an answer is made from: the public ranking (of what was received before a moment), a look ahead at the final one, or what was published. */
export type Board =
  | { kind: 'public'; receivedBefore: Date | null }
  | { kind: 'preview' }
  | { kind: 'published' }

/**
 * The ranking that a viewer who may see the round gets. While it is frozen, only instructors see what came later; the final one
 * is instructors' alone until it is published: everybody else gets ROUND_NOT_PUBLISHED.
 */
export function boardFor(
  viewer: Pick<Viewer, 'role'> | null,
  round: RoundDates,
  view: LeaderboardView,
  now: Date,
): Board {
  const isInstructor = viewer?.role === 'INSTRUCTOR'
  if (view === 'public') {
    const isFrozen = !isInstructor && isRankingFrozen(round, now)
    return { kind: 'public', receivedBefore: isFrozen ? round.freezesAt : null }
  }
  if (roundState(round, now) === 'published') return { kind: 'published' }
  if (!isInstructor) throw new TaikaiError('ROUND_NOT_PUBLISHED')
  return { kind: 'preview' }
}
