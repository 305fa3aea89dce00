import { TaikaiError } from '@taikai/shared/errors'
import { rankingValue } from '@taikai/shared/ranking-metric'
import { roundState } from '@taikai/shared/round-state'
import type { Standing } from '@taikai/shared/wire/standing'
import type { PrismaClient } from '../../generated/prisma/client.ts'
import type { Viewer } from '../../http/viewer.ts'
import { rulesOf } from '../rounds/round-rules.ts'
import { visibleRound } from '../rounds/rounds.service.ts'
import { findResult } from '../submissions/results.repository.ts'
import { canSeeSubmission } from '../submissions/submissions.policy.ts'
import { findEntryScores } from './history.repository.ts'
import { type Leaderboards, leaderboardFor } from './leaderboard.service.ts'
import { standingOf } from './standing.ts'

export type StandingDeps = { prisma: PrismaClient; leaderboards: Leaderboards; now: () => Date }

/**
 * Where a submission's entry stands in the ranking that the viewer sees, and what the submission did for it: read from that very
 * ranking and from the entry's own public scores. Throws NOT_FOUND, also for whom it is not, and SUBMISSION_NOT_SCORED.
 */
export async function getStanding(deps: StandingDeps, id: string, viewer: Viewer): Promise<Standing> {
  const { prisma } = deps
  const at = deps.now()
  const row = await findResult(prisma, id)
  if (row === null || !canSeeSubmission(viewer, row)) throw new TaikaiError('NOT_FOUND')
  const score = row.runs[0]?.scores[0]
  if (score === undefined) throw new TaikaiError('SUBMISSION_NOT_SCORED')
  const round = await visibleRound(prisma, viewer, row.round.slug, at)
  const { metric } = rulesOf(round)
  const { entryId, receivedAt } = row
  const leaderboard = await leaderboardFor(deps, { viewer, round, view: 'public', at })
  const frozenAt = leaderboard.frozenAt === null ? null : new Date(leaderboard.frozenAt)
  const scoresAt = async (time: Date | null) =>
    (await findEntryScores(prisma, entryId, time)).map((own) => ({
      id: own.id,
      receivedAt: own.receivedAt,
      value: rankingValue(metric, own.score),
    }))
  const own = await scoresAt(null)
  const standing = standingOf({
    leaderboard,
    entryId,
    submission: { id, receivedAt, value: rankingValue(metric, score) },
    own,
    eligible: frozenAt === null ? own : await scoresAt(frozenAt),
  })
  const final =
    roundState(round, at) === 'published'
      ? await leaderboardFor(deps, { viewer, round, view: 'final', at })
      : null
  return { ...standing, finalRank: final?.rows.find((place) => place.entryId === entryId)?.rank ?? null }
}
