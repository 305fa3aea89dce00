import { TaikaiError } from '@taikai/shared/errors'
import { acceptsSubmissions, isRankingFrozen, type RoundDates, roundState } from '@taikai/shared/round-state'
import { type UndoableAction, undoableActions } from '@taikai/shared/wire/round-changes'
import { z } from 'zod'
import type { PrismaClient } from '../../generated/prisma/client.ts'
import type { Db } from '../../platform/prisma.ts'
import type { Actor } from '../audit/audit.repository.ts'
import { changeRound } from '../rounds/change-round.ts'
import {
  countSubmissions,
  findRoundBySlug,
  type RoundRow,
  updateRoundRow,
} from '../rounds/rounds.repository.ts'
import { countTakenSince, findLastAction } from './round-changes.repository.ts'

type Dates = Omit<RoundDates, 'publishedAt'>
type PossibleUndo = { action: UndoableAction; dates: Dates }

const date = z.iso
  .datetime()
  .transform((text) => new Date(text))
  .nullable()
const recordedSchema = z.object({ opensAt: date, freezesAt: date, closesAt: date })

/** After these, what was done before is not taken back any more. Published standings stay: others have seen them. */
const endOfUndo = ['publish', 'update', 'undo', 'import'] as const
const lookedAt = [...undoableActions, ...endOfUndo].map((action) => `round.${action}`)

/** Whether dates undo an action: some have passed meanwhile. */
const isUndone: Record<UndoableAction, (dates: RoundDates, now: Date) => boolean> = {
  open: (dates, now) => ['draft', 'scheduled'].includes(roundState(dates, now)),
  freeze: (dates, now) => !isRankingFrozen(dates, now),
  unfreeze: isRankingFrozen,
  close: (dates, now) => acceptsSubmissions(roundState(dates, now)),
  reopen: (dates, now) => roundState(dates, now) === 'closed',
}

/**
 * What can be taken back of what was done with a round by hand: the last action, as long as nothing was changed since and the state
 * becomes what it was. Opening, as long as nothing was submitted; reopening, as long as nothing was since. The audit log has the dates.
 */
async function possibleUndo(db: Db, round: RoundRow, now: Date): Promise<PossibleUndo | null> {
  const event = await findLastAction(db, round.slug, lookedAt)
  const action = undoableActions.find((one) => `round.${one}` === event?.action)
  if (event === null || action === undefined) return null
  const before = recordedSchema.safeParse(event.before)
  const after = recordedSchema.safeParse(event.after)
  if (!before.success || !after.success || !sameDates(after.data, round)) return null
  const { opensAt, freezesAt, closesAt } = before.data
  const dates = { opensAt, freezesAt, closesAt }
  if (!isUndone[action]({ ...dates, publishedAt: round.publishedAt }, now)) return null
  if (action === 'open' && (await countSubmissions(db, round.id)) > 0) return null
  if (action === 'reopen' && (await countTakenSince(db, round.id, event.at)) > 0) return null
  return { action, dates }
}

/** See `possibleUndo`. Throws NOT_FOUND. */
export async function undoOf(prisma: PrismaClient, slug: string, now: Date): Promise<UndoableAction | null> {
  const round = await findRoundBySlug(prisma, slug)
  if (round === null) throw new TaikaiError('NOT_FOUND')
  return (await possibleUndo(prisma, round, now))?.action ?? null
}

/** Takes the last action back: the round has the dates again that it had before. Throws NOT_FOUND, ROUND_UNDO_UNAVAILABLE. */
export async function undoLastAction(
  prisma: PrismaClient,
  actor: Actor,
  slug: string,
  now: Date,
): Promise<RoundRow> {
  return changeRound(prisma, actor, slug, 'round.undo', async (tx, round) => {
    const undo = await possibleUndo(tx, round, now)
    if (undo === null) throw new TaikaiError('ROUND_UNDO_UNAVAILABLE')
    return updateRoundRow(tx, round, undo.dates)
  })
}

function sameDates(a: Dates, b: Dates): boolean {
  return (['opensAt', 'freezesAt', 'closesAt'] as const).every(
    (name) => a[name]?.getTime() === b[name]?.getTime(),
  )
}
