import { TaikaiError } from '@taikai/shared/errors'
import { roundState } from '@taikai/shared/round-state'
import type { PublishRound } from '@taikai/shared/wire/leaderboard'
import type { PrismaClient } from '../../generated/prisma/client.ts'
import { notify } from '../../platform/events.ts'
import type { Db } from '../../platform/prisma.ts'
import { type Actor, recordAudit } from '../audit/audit.repository.ts'
import type { PublicCounts } from '../rounds/public-counts.ts'
import { lockRound, type RoundRow, updateRoundRow } from '../rounds/rounds.repository.ts'
import { finalLeaderboard } from './leaderboard.service.ts'
import { countUnfinishedRuns, insertStandings } from './standings.repository.ts'

/** `publishStandingsAgain` for whoever changes what a published ranking was made from. */
export type RenewStandings = (tx: Db, slug: string) => Promise<number | null>

type PublishDeps = { prisma: PrismaClient; publicCounts: PublicCounts }

/**
 * Publishes the final ranking of a closed round as version 1 of its standings. Throws NOT_FOUND, ROUND_TRANSITION_INVALID, and
 * ROUND_RUNS_UNFINISHED (with their `count`) unless these are to be ignored.
 */
export async function publishRound(
  { prisma, publicCounts }: PublishDeps,
  actor: Actor,
  slug: string,
  { unfinished }: PublishRound,
  now: Date,
): Promise<void> {
  await prisma.$transaction(async (tx) => {
    const round = await lockRound(tx, slug)
    if (round === null) throw new TaikaiError('NOT_FOUND')
    const state = roundState(round, now)
    if (state !== 'closed') throw new TaikaiError('ROUND_TRANSITION_INVALID', { state })
    const count = await countUnfinishedRuns(tx, round.id)
    if (count > 0 && unfinished === 'refuse') throw new TaikaiError('ROUND_RUNS_UNFINISHED', { count })
    const published = await updateRoundRow(tx, round, { publishedAt: now })
    const version = await storeStandings(tx, published, publicCounts, now)
    await recordAudit(tx, {
      actor,
      action: 'round.publish',
      subjectType: 'round',
      subjectId: slug,
      before: { publishedAt: null },
      after: { publishedAt: now.toISOString(), version, unfinishedRuns: count },
    })
    for (const topic of ['rounds', `round/${slug}`]) await notify(tx, { topic })
  })
}

/**
 * Publishes a further version of a published round's standings, after a rescore or a disqualification, in its transaction.
 * Gives the version, or null where the round is not published yet and so has nothing to renew.
 */
export async function publishStandingsAgain(
  tx: Db,
  slug: string,
  publicCounts: PublicCounts,
  now: Date,
): Promise<number | null> {
  // The lock keeps two that publish at once from taking the same number.
  const round = await lockRound(tx, slug)
  if (round === null || roundState(round, now) !== 'published') return null
  return storeStandings(tx, round, publicCounts, now)
}

async function storeStandings(
  tx: Db,
  round: RoundRow,
  publicCounts: PublicCounts,
  now: Date,
): Promise<number> {
  const leaderboard = await finalLeaderboard(tx, round, publicCounts)
  const version = await insertStandings(tx, round.id, leaderboard, now)
  await notify(tx, { topic: `leaderboard/${round.slug}` })
  return version
}
