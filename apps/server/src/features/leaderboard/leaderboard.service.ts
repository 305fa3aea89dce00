import type { LeaderboardView } from '@taikai/shared/leaderboard-view'
import type { Leaderboard } from '@taikai/shared/wire/leaderboard'
import type { PrismaClient } from '../../generated/prisma/client.ts'
import type { Viewer } from '../../http/viewer.ts'
import { type EventHub, refetchTopic } from '../../platform/events.ts'
import { keptAtMostMs } from '../../platform/kept-value.ts'
import type { Db } from '../../platform/prisma.ts'
import { findNamedEntries } from '../entries/entries-admin.repository.ts'
import { knownNames } from '../entries/known-names.ts'
import { rankingNames } from '../entries/ranking-name.ts'
import type { PublicCounts } from '../rounds/public-counts.ts'
import { rulesOf } from '../rounds/round-rules.ts'
import type { RoundForViewer, RoundRow } from '../rounds/rounds.repository.ts'
import { type Board, boardFor } from './leaderboard.policy.ts'
import { presentRows, withNames } from './leaderboard.presenter.ts'
import { countTeamSubmissions, findFinalStandings, findPublicStandings } from './leaderboard.repository.ts'
import { newestStandings } from './standings.repository.ts'

/** The ranking on the public split; with `receivedBefore`, as it stands frozen at that moment. */
async function publicLeaderboard(
  db: Db,
  row: RoundRow,
  publicCounts: PublicCounts,
  receivedBefore: Date | null,
): Promise<Leaderboard> {
  const round = { ...row, metric: rulesOf(row).metric }
  const standings = await findPublicStandings(db, round, receivedBefore)
  return {
    roundSlug: round.slug,
    view: 'public',
    metric: round.metric,
    imageCount: await publicCounts(row),
    frozenAt: receivedBefore?.toISOString() ?? null,
    version: null,
    submissionCount: await countTeamSubmissions(db, round.id, receivedBefore),
    rows: presentRows(round, standings, await namesOf(db, row), new Map()),
  }
}

/** The ranking on the private split, beside the ranks of the public one. For instructors alone until it is published. */
export async function finalLeaderboard(
  db: Db,
  row: RoundRow,
  publicCounts: PublicCounts,
): Promise<Leaderboard> {
  const round = { ...row, metric: rulesOf(row).metric }
  const shown = await publicLeaderboard(db, row, publicCounts, null)
  const publicRanks = new Map(shown.rows.map(({ entryId, rank }) => [entryId, rank]))
  const standings = await findFinalStandings(db, round)
  return {
    ...shown,
    view: 'final',
    imageCount: round.dataset.hiddenCount - shown.imageCount,
    rows: presentRows(round, standings, await namesOf(db, row), publicRanks),
  }
}

/** How others see a round's entries named, by entry id. */
async function namesOf(db: Db, round: RoundRow): Promise<Map<string, string>> {
  return rankingNames(round, await findNamedEntries(db, round.id))
}

type Snapshot = { leaderboard: Promise<Leaderboard>; at: number }
export type Leaderboards = (round: RoundRow, board: Board) => Promise<Leaderboard>

/**
 * Rankings, computed once per change and kept until the next: when a result comes, every open page asks at once.
 * A frozen one is kept apart from the live one, under the moment of its freeze: which of them an answer needs depends on the clock.
 * So is one by other rules of the round: who read it before they changed may ask after it. None is kept for more than a minute.
 * While events cannot be heard, nothing is kept; nor is the look ahead of instructors, on which private scores and picks tell.
 */
export function createLeaderboards(deps: {
  prisma: PrismaClient
  events: EventHub
  publicCounts: PublicCounts
}): Leaderboards {
  const { prisma, events, publicCounts } = deps
  const snapshots = new Map<string, Map<string, Snapshot>>()
  events.subscribe(({ topic }) => {
    if (topic === refetchTopic) snapshots.clear()
    else if (topic.startsWith('leaderboard/')) snapshots.delete(topic.slice('leaderboard/'.length))
  })

  function compute(round: RoundRow, board: Board): Promise<Leaderboard> {
    switch (board.kind) {
      case 'public':
        return publicLeaderboard(prisma, round, publicCounts, board.receivedBefore)
      case 'preview':
        return finalLeaderboard(prisma, round, publicCounts)
      case 'published':
        return newestStandings(prisma, round.id)
    }
  }

  return (round, board) => {
    if (!events.connected || board.kind === 'preview') return compute(round, board)
    const which = board.kind === 'public' ? `public ${board.receivedBefore?.toISOString()}` : board.kind
    const key = `${round.id} ${round.updatedAt.toISOString()} ${which}`
    const kept = snapshots.get(round.slug) ?? new Map<string, Snapshot>()
    snapshots.set(round.slug, kept)
    const known = kept.get(key)
    if (known !== undefined && performance.now() - known.at < keptAtMostMs) return known.leaderboard
    const computing = { leaderboard: compute(round, board), at: performance.now() }
    kept.set(key, computing)
    computing.leaderboard.catch(() => kept.get(key) === computing && kept.delete(key))
    return computing.leaderboard
  }
}

/** A ranking of a round that the viewer may see, as the viewer sees it now. Throws ROUND_NOT_PUBLISHED. */
export async function leaderboardFor(
  { prisma, leaderboards }: { prisma: PrismaClient; leaderboards: Leaderboards },
  asked: { viewer: Viewer | null; round: RoundForViewer; view: LeaderboardView; at: Date },
): Promise<Leaderboard> {
  const { viewer, round, view, at } = asked
  const leaderboard = await leaderboards(round, boardFor(viewer, round, view, at))
  return withNames(leaderboard, await knownNames(prisma, viewer, round))
}
