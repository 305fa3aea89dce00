import { TaikaiError } from '@taikai/shared/errors'
import { type RoundDates, type RoundState, roundState } from '@taikai/shared/round-state'
import type { PrismaClient } from '../../generated/prisma/client.ts'
import type { Actor } from '../audit/audit.repository.ts'
import { changeRound } from './change-round.ts'
import { type RoundRow, updateRoundRow } from './rounds.repository.ts'

type Transition = {
  from: readonly RoundState[]
  /** The dates that the action writes: a state is nothing but a function of dates. */
  dates(round: RoundDates, now: Date): Partial<RoundDates>
}

/** What an instructor does by hand, and in which states. Publishing stores a ranking, too: it is in `features/leaderboard`. */
const transitions = {
  open: { from: ['draft', 'scheduled'], dates: (_, now) => ({ opensAt: now }) },
  freeze: { from: ['open'], dates: (_, now) => ({ freezesAt: now }) },
  // A ranking stays frozen beyond the close.
  unfreeze: { from: ['frozen', 'closed'], dates: () => ({ freezesAt: null }) },
  close: {
    from: ['open', 'frozen'],
    // A freeze that was to come later would otherwise come after the close.
    dates: ({ freezesAt }, now) => ({
      closesAt: now,
      freezesAt: freezesAt !== null && freezesAt > now ? null : freezesAt,
    }),
  },
} satisfies Record<string, Transition>

export type RoundAction = keyof typeof transitions
export const roundActions = ['open', 'freeze', 'unfreeze', 'close'] as const satisfies readonly RoundAction[]

/** Does it now. Throws NOT_FOUND, ROUND_TRANSITION_INVALID. */
export async function actOnRound(
  prisma: PrismaClient,
  actor: Actor,
  slug: string,
  action: RoundAction,
  now: Date,
): Promise<RoundRow> {
  return moveRound(prisma, actor, slug, { action, now, ...transitions[action] })
}

/**
 * Opens a closed round again, until `closesAt` or without an end; a frozen ranking stays frozen. What was published stays
 * closed. Throws NOT_FOUND, ROUND_TRANSITION_INVALID, and ROUND_DATES_INVALID for an end that is not ahead.
 */
export async function reopenRound(
  prisma: PrismaClient,
  actor: Actor,
  slug: string,
  closesAt: Date | null,
  now: Date,
): Promise<RoundRow> {
  if (closesAt !== null && closesAt <= now) throw new TaikaiError('ROUND_DATES_INVALID')
  return moveRound(prisma, actor, slug, {
    action: 'reopen',
    now,
    from: ['closed'],
    dates: () => ({ closesAt }),
  })
}

async function moveRound(
  prisma: PrismaClient,
  actor: Actor,
  slug: string,
  { action, now, from, dates }: Transition & { action: RoundAction | 'reopen'; now: Date },
): Promise<RoundRow> {
  return changeRound(prisma, actor, slug, `round.${action}`, async (tx, round) => {
    const state = roundState(round, now)
    if (!from.includes(state)) throw new TaikaiError('ROUND_TRANSITION_INVALID', { state })
    return updateRoundRow(tx, round, dates(round, now))
  })
}
