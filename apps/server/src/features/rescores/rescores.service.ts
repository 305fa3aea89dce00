import { TaikaiError } from '@taikai/shared/errors'
import type { AuditAction } from '@taikai/shared/messages/audit-action'
import { engineNames } from '@taikai/shared/model/engine-name'
import type { Rescore, RescoreDetail, ScoringRun, StartRescore } from '@taikai/shared/wire/rescore'
import type { Dataset, PrismaClient } from '../../generated/prisma/client.ts'
import type { ScoringQueue } from '../../jobs/scoring-queue.ts'
import { insertShadowRuns } from '../../jobs/shadow-runs.repository.ts'
import { notify } from '../../platform/events.ts'
import type { Db } from '../../platform/prisma.ts'
import { type Actor, recordAudit } from '../audit/audit.repository.ts'
import { findDataset } from '../datasets/datasets.repository.ts'
import type { RenewStandings } from '../leaderboard/publish.service.ts'
import { findRoundBySlug, lockRound, type RoundRow } from '../rounds/rounds.repository.ts'
import {
  announceRescored,
  markAbandoned,
  moveDataset,
  movePins,
  restartUnfinished,
  swapLiveRuns,
} from './ending.repository.ts'
import { presentRescore, presentRescoreDetail, presentRun } from './rescores.presenter.ts'
import {
  findRescore,
  findRescoredSubmissions,
  findRescores,
  findRuns,
  findScoredIds,
  findScoredSubmission,
  insertRescore,
  type RescoreRow,
} from './rescores.repository.ts'

export type RescoreDeps = { prisma: PrismaClient; queue: ScoringQueue; renewStandings: RenewStandings }
type Named = { slug: string; id: string }

/**
 * Scores all scored submissions of a round once more in the shadow. Throws NOT_FOUND, RESCORE_DATASET_MISMATCH, RESCORE_NOTHING,
 * and RESCORE_OPEN while an earlier rescore is not decided.
 */
export async function startRoundRescore(
  deps: RescoreDeps,
  actor: Actor,
  slug: string,
  { datasetId, engine }: StartRescore,
): Promise<Rescore> {
  return start(deps, actor, slug, async (tx, round) => {
    const dataset = datasetId === undefined ? round.dataset : await findDataset(tx, datasetId)
    if (dataset === null) throw new TaikaiError('NOT_FOUND')
    assertSameTask(round.dataset, dataset)
    const submissionIds = await findScoredIds(tx, round.id)
    if (submissionIds.length === 0) throw new TaikaiError('RESCORE_NOTHING')
    return { datasetId: dataset.id, engine: engine ?? null, submissionId: null, submissionIds }
  })
}

/** The same for one submission, as the round scores now. Throws NOT_FOUND, SUBMISSION_NOT_SCORED, RESCORE_OPEN. */
export async function startSubmissionRescore(deps: RescoreDeps, actor: Actor, id: string): Promise<Rescore> {
  const found = await findScoredSubmission(deps.prisma, id)
  if (found === null) throw new TaikaiError('NOT_FOUND')
  return start(deps, actor, found.round.slug, async (tx, round) => {
    const submission = await findScoredSubmission(tx, id)
    if (submission?.status !== 'SCORED') throw new TaikaiError('SUBMISSION_NOT_SCORED')
    return { datasetId: round.datasetId, engine: null, submissionId: id, submissionIds: [id] }
  })
}

/** The same for some submissions of one round. Throws NOT_FOUND, SUBMISSION_NOT_SCORED (for any of them), RESCORE_OPEN. */
export async function startSelectionRescore(
  deps: RescoreDeps,
  actor: Actor,
  ids: readonly string[],
): Promise<Rescore> {
  const [first = '', ...others] = ids
  if (others.length === 0) return startSubmissionRescore(deps, actor, first)
  const found = await findScoredSubmission(deps.prisma, first)
  if (found === null) throw new TaikaiError('NOT_FOUND')
  return start(deps, actor, found.round.slug, async (tx, round) => {
    const scored = new Set(await findScoredIds(tx, round.id))
    if (ids.some((id) => !scored.has(id))) throw new TaikaiError('SUBMISSION_NOT_SCORED')
    const { datasetId } = round
    return { datasetId, engine: null, submissionId: null, selection: true, submissionIds: ids }
  })
}

type Plan = {
  datasetId: string
  engine: string | null
  submissionId: string | null
  /** Whether it is of some submissions, chosen by hand. */
  selection?: boolean
  submissionIds: readonly string[]
}

async function start(
  { prisma, queue }: RescoreDeps,
  actor: Actor,
  slug: string,
  plan: (tx: Db, round: RoundRow) => Promise<Plan>,
): Promise<Rescore> {
  const { id, runIds } = await prisma.$transaction(async (tx) => {
    const round = await lockRound(tx, slug)
    if (round === null) throw new TaikaiError('NOT_FOUND')
    const { submissionIds, ...covered } = await plan(tx, round)
    const rescore = await insertRescore(tx, { roundId: round.id, createdById: actor.id, ...covered })
    const { datasetId, engine, submissionId } = covered
    const counts = covered.selection ? { submissions: submissionIds.length } : {}
    await record(tx, actor, 'rescore.start', rescore.id, {
      round: slug,
      datasetId,
      engine,
      submissionId,
      ...counts,
    })
    return { id: rescore.id, runIds: await insertShadowRuns(tx, rescore, submissionIds) }
  })
  await queue.wake(runIds.length)
  return presentRescore(await mustFind(prisma, { slug, id }))
}

/** A rescored model must mean the same: images of one shape, classes of one order, and statistics where it may need them. */
function assertSameTask(present: Dataset, other: Dataset): void {
  const same =
    present.imageHeight === other.imageHeight &&
    present.imageWidth === other.imageWidth &&
    present.imageChannels === other.imageChannels &&
    present.classNames.length === other.classNames.length &&
    present.classNames.every((name, index) => name === other.classNames[index]) &&
    (present.trainCount === 0 || other.trainCount > 0)
  if (!same) throw new TaikaiError('RESCORE_DATASET_MISMATCH')
}

/** Newest first. Throws NOT_FOUND. */
export async function listRescores(db: Db, slug: string): Promise<Rescore[]> {
  const round = await findRoundBySlug(db, slug)
  if (round === null) throw new TaikaiError('NOT_FOUND')
  return (await findRescores(db, round.id)).map(presentRescore)
}

/** Throws NOT_FOUND. */
export async function getRescore(db: Db, named: Named): Promise<RescoreDetail> {
  const row = await mustFind(db, named)
  return presentRescoreDetail(row, await findRescoredSubmissions(db, row))
}

/** Every run of a submission, the newest first. Throws NOT_FOUND. */
export async function listRuns(db: Db, submissionId: string): Promise<ScoringRun[]> {
  const runs = await findRuns(db, submissionId)
  if (runs.length === 0) throw new TaikaiError('NOT_FOUND')
  return runs.map(presentRun)
}

/**
 * Makes all of a rescore's runs count, in one transaction; the round's dataset and pins move with them. Throws NOT_FOUND,
 * RESCORE_ENDED, RESCORE_UNFINISHED and RESCORE_FAILED (each with `count`).
 */
export async function makeRescoreLive(
  { prisma, queue, renewStandings }: RescoreDeps,
  actor: Actor,
  named: Named,
  now: Date,
): Promise<RescoreDetail> {
  const restarted = await end(prisma, actor, named, 'rescore.make-live', async (tx, rescore, round) => {
    const { total, finished, failed } = presentRescore(rescore).runs
    if (finished < total) throw new TaikaiError('RESCORE_UNFINISHED', { count: total - finished })
    if (failed > 0) throw new TaikaiError('RESCORE_FAILED', { count: failed })
    await swapLiveRuns(tx, rescore.id, now)
    const runIds = await moveRound(tx, rescore, round)
    await announceRescored(tx, rescore.id)
    await notify(tx, { topic: `leaderboard/${round.slug}` })
    await renewStandings(tx, round.slug)
    return runIds
  })
  await queue.wake(restarted.length)
  return getRescore(prisma, named)
}

/** Lets the round score as its rescore did from now on. Returns the runs that have to begin anew for that. */
async function moveRound(tx: Db, rescore: RescoreRow, round: RoundRow): Promise<string[]> {
  const datasetMoves = rescore.datasetId !== round.datasetId
  const engine = engineNames.find((name) => name === rescore.engine)
  if (datasetMoves) {
    await moveDataset(tx, round.id, rescore.datasetId)
    for (const topic of ['rounds', `round/${round.slug}`, 'datasets']) await notify(tx, { topic })
  }
  if (engine !== undefined) await movePins(tx, round.id, engine)
  return datasetMoves || engine !== undefined ? restartUnfinished(tx, round.id) : []
}

/** Ends a rescore without effect. Throws NOT_FOUND, RESCORE_ENDED. */
export async function abandonRescore(
  prisma: PrismaClient,
  actor: Actor,
  named: Named,
  now: Date,
): Promise<RescoreDetail> {
  await end(prisma, actor, named, 'rescore.abandon', (tx, rescore) => markAbandoned(tx, rescore.id, now))
  return getRescore(prisma, named)
}

async function end<T>(
  prisma: PrismaClient,
  actor: Actor,
  named: Named,
  action: AuditAction,
  change: (tx: Db, rescore: RescoreRow, round: RoundRow) => Promise<T>,
): Promise<T> {
  return prisma.$transaction(
    async (tx) => {
      const round = await lockRound(tx, named.slug)
      if (round === null) throw new TaikaiError('NOT_FOUND')
      const rescore = await mustFind(tx, named)
      if (rescore.madeLiveAt !== null || rescore.abandonedAt !== null) throw new TaikaiError('RESCORE_ENDED')
      const result = await change(tx, rescore, round)
      const { datasetId, engine, submissionId } = rescore
      await record(tx, actor, action, rescore.id, { round: round.slug, datasetId, engine, submissionId })
      return result
    },
    // A round of hundreds of submissions.
    { timeout: 30_000 },
  )
}

async function record(
  tx: Db,
  actor: Actor,
  action: AuditAction,
  id: string,
  after: Record<string, string | number | null>,
): Promise<void> {
  await recordAudit(tx, { actor, action, subjectType: 'rescore', subjectId: id, after })
  await notify(tx, { topic: `rescore/${id}` })
}

async function mustFind(db: Db, { slug, id }: Named): Promise<RescoreRow> {
  const row = await findRescore(db, slug, id)
  if (row === null) throw new TaikaiError('NOT_FOUND')
  return row
}
