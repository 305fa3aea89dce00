import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import type { ErrorCode, ErrorParams } from '@taikai/shared/errors'
import { type EngineName, engineNames, familiesOf } from '@taikai/shared/model/engine-name'
import { familyOf, type ModelFamily, modelFormatSchema } from '@taikai/shared/model/model-format'
import type { Prisma, PrismaClient, SubmissionStatus } from '../generated/prisma/client.ts'
import { notify } from '../platform/events.ts'
import type { Db } from '../platform/prisma.ts'
import { engineFor, findPin, type WorkerEngines } from './engine-pins.repository.ts'
import { joinOpenRescore, lockAgainstRescores } from './shadow-runs.repository.ts'
import { findClaimableRuns } from './turns.repository.ts'

/** The right to write a run's result. It is lost when the run is cancelled, or taken over after a silence. */
export type Claim = { runId: string; attempt: number; claimedBy: string }

const runDetails = {
  dataset: true,
  submission: {
    include: { files: { orderBy: { position: 'asc' } }, round: true },
  },
} as const satisfies Prisma.ScoringRunInclude
/** `engine`: what scores the model's family in this round. */
export type ClaimedRun = { claim: Claim; engine: EngineName } & Omit<
  Prisma.ScoringRunGetPayload<{ include: typeof runDetails }>,
  'engine'
>

/** More than there are workers who could be faster with one run after another. */
const candidates = 20

type Claimant = { engines: WorkerEngines; workerId?: string | null }

/**
 * Takes, of all queued runs, the one whose turn it is for a worker with these engines, those in `last` after the others; null where
 * there is none.
 */
export async function claimNextRun(
  prisma: PrismaClient,
  { last = new Set(), ...claimant }: Claimant & { last?: ReadonlySet<string> },
): Promise<ClaimedRun | null> {
  const runIds = await findClaimableRuns(prisma, claimant.engines, candidates)
  for (const runId of runIds.toSorted((a, b) => Number(last.has(a)) - Number(last.has(b)))) {
    const run = await claimRun(prisma, { ...claimant, runId })
    if (run !== null) return run // else another worker took it, or another run of its entry, meanwhile
  }
  return null
}

/**
 * Takes a queued run for this process, one running live run per entry, and pins the preferred engine for the model's family to
 * a round that has none for it yet. Null when the run is not queued (any more), when another live run of the same entry is
 * running, or when this worker cannot run the engine that scores the family in this round. A rescore's run neither waits for
 * others of its entry nor holds them up, and pins nothing. `workerId` is that of a registered worker, for the overview.
 */
export async function claimRun(
  prisma: PrismaClient,
  { runId, engines, workerId = null }: Claimant & { runId: string },
): Promise<ClaimedRun | null> {
  return prisma.$transaction(async (tx) => {
    // Claims of one entry's runs wait for each other here, so that each sees what the other took; claims in one round do,
    // so that the first one's pin holds for all.
    const [entry] = await tx.$queryRaw<ClaimedEntry[]>`
      SELECT e."id", e."roundId", s."format", r."live", x."engine" AS "rescoreEngine" FROM "Entry" e
      JOIN "Round" o ON o."id" = e."roundId"
      JOIN "Submission" s ON s."entryId" = e."id"
      JOIN "ScoringRun" r ON r."submissionId" = s."id"
      LEFT JOIN "Rescore" x ON x."id" = r."rescoreId"
      WHERE r."id" = ${runId}::uuid FOR NO KEY UPDATE OF e, o`
    if (entry === undefined) return null
    const family = familyOf(modelFormatSchema.parse(entry.format))
    const pinned = rescoreEngine(entry, family) ?? (await findPin(tx, entry.roundId, family))
    const engine = engineFor(engines, family, pinned)
    if (engine === null) return null
    const claimedBy = `${hostname()}:${process.pid}:${randomUUID()}`
    const [claimed] = await tx.$queryRaw<{ attempt: number }[]>`
      UPDATE "ScoringRun" SET "status" = 'RUNNING', "attempt" = "attempt" + 1, "claimedBy" = ${claimedBy},
        "workerId" = ${workerId}::uuid, "heartbeatAt" = clock_timestamp(), "startedAt" = clock_timestamp(), "imagesDone" = 0
      WHERE "id" = ${runId}::uuid AND "status" = 'QUEUED' AND (NOT "live" OR NOT EXISTS (
        SELECT 1 FROM "ScoringRun" o JOIN "Submission" s ON s."id" = o."submissionId"
        WHERE s."entryId" = ${entry.id}::uuid AND o."live" AND o."status" = 'RUNNING'))
      RETURNING "attempt"`
    if (claimed === undefined) return null
    if (pinned === null && entry.live)
      await tx.enginePin.create({ data: { roundId: entry.roundId, family, engine } })
    const run = await tx.scoringRun.findUniqueOrThrow({ where: { id: runId }, include: runDetails })
    await mirrorStatus(tx, runId, 'RUNNING')
    return { ...run, engine, claim: { runId, attempt: claimed.attempt, claimedBy } }
  })
}

type ClaimedEntry = {
  id: string
  roundId: string
  format: string
  live: boolean
  rescoreEngine: string | null
}

/** What the run's rescore wants this family scored with instead of the round's pin, if anything. */
function rescoreEngine({ rescoreEngine: wanted }: ClaimedEntry, family: ModelFamily): EngineName | null {
  const engine = engineNames.find((name) => name === wanted)
  return engine !== undefined && familiesOf(engine).includes(family) ? engine : null
}

/** Says that the run is alive, and how far it is. False when the claim is lost. */
export async function recordProgress(
  prisma: PrismaClient,
  claim: Claim,
  imagesDone: number | null,
): Promise<boolean> {
  return prisma.$transaction(async (tx) => {
    const [run] = await tx.$queryRaw<{ live: boolean }[]>`
      UPDATE "ScoringRun" SET "heartbeatAt" = clock_timestamp(), "imagesDone" = coalesce(${imagesDone}::int, "imagesDone")
      WHERE "id" = ${claim.runId}::uuid AND "attempt" = ${claim.attempt} AND "claimedBy" = ${claim.claimedBy}
        AND "status" = 'RUNNING'
      RETURNING "live"`
    // A rescore's page counts runs, not images.
    if (run?.live && imagesDone !== null) await announce(tx, claim.runId)
    return run !== undefined
  })
}

type RunResult = Pick<
  Prisma.ScoringRunUncheckedUpdateManyInput,
  | 'engine'
  | 'engineVersion'
  | 'engineNote'
  | 'scorerVersion'
  | 'splitId'
  | 'imagesPerSecond'
  | 'outputsBlob'
  | 'imagesDone'
>
type SplitScores = Omit<Prisma.ScoreCreateManyInput, 'runId'>[]

/** Stores the scores and finishes the run in one transaction. False, with nothing stored, when the claim is lost. */
export async function finishScored(
  prisma: PrismaClient,
  claim: Claim,
  result: RunResult,
  scores: SplitScores,
): Promise<boolean> {
  return prisma.$transaction(async (tx) => {
    await lockAgainstRescores(tx, claim.runId)
    if (!(await updateClaimed(tx, claim, { ...result, status: 'SCORED', finishedAt: new Date() })))
      return false
    await tx.score.createMany({ data: scores.map((score) => ({ ...score, runId: claim.runId })) })
    await mirrorStatus(tx, claim.runId, 'SCORED')
    await joinOpenRescore(tx, claim.runId)
    return true
  })
}

export type Reason = { code: ErrorCode; params: ErrorParams }

/** Finishes the run without a score. False when the claim is lost. */
export async function finishUnscored(
  prisma: PrismaClient,
  claim: Claim,
  status: 'REJECTED' | 'FAILED',
  reason: Reason,
): Promise<boolean> {
  return prisma.$transaction(async (tx) => {
    const data = { status, finishedAt: new Date(), reasonCode: reason.code, reasonParams: reason.params }
    if (!(await updateClaimed(tx, claim, data))) return false
    await mirrorStatus(tx, claim.runId, status)
    return true
  })
}

/**
 * Gives the run back to the queue. With a reason the attempt counts and the reason is kept for the next one;
 * without, when the worker merely shuts down, it does not count. False when the claim is lost.
 */
export async function putBack(prisma: PrismaClient, claim: Claim, reason: Reason | null): Promise<boolean> {
  return prisma.$transaction(async (tx) => {
    const counted =
      reason === null
        ? { attempt: claim.attempt - 1 }
        : { reasonCode: reason.code, reasonParams: reason.params }
    const data = { status: 'QUEUED' as const, claimedBy: null, heartbeatAt: null, imagesDone: 0, ...counted }
    if (!(await updateClaimed(tx, claim, data))) return false
    await mirrorStatus(tx, claim.runId, 'QUEUED')
    return true
  })
}

/** Runs whose worker fell silent for `staleMs`, or that run longer than `limitMs` whatever their worker says. */
export async function findLostClaims(
  db: Db,
  { staleMs, limitMs }: { staleMs: number; limitMs: number },
): Promise<Claim[]> {
  return db.$queryRaw<Claim[]>`
    SELECT "id" AS "runId", "attempt", "claimedBy" FROM "ScoringRun" WHERE "status" = 'RUNNING' AND (
      "heartbeatAt" < clock_timestamp() - ${staleMs} * interval '1 millisecond'
      OR "startedAt" < clock_timestamp() - ${limitMs} * interval '1 millisecond')`
}

async function updateClaimed(
  tx: Db,
  claim: Claim,
  data: Prisma.ScoringRunUncheckedUpdateManyInput,
): Promise<boolean> {
  const { count } = await tx.scoringRun.updateMany({
    where: { id: claim.runId, attempt: claim.attempt, claimedBy: claim.claimedBy, status: 'RUNNING' },
    data,
  })
  return count === 1
}

/**
 * A submission shows the state of its live run; a rescore beside it changes nothing until it goes live. What fails by the
 * system's fault costs no quota.
 */
async function mirrorStatus(tx: Db, runId: string, status: SubmissionStatus): Promise<void> {
  await tx.submission.updateMany({
    where: { runs: { some: { id: runId, live: true } } },
    data: { status, ...(status === 'FAILED' && { quotaReturned: true }) },
  })
  await announce(tx, runId, status === 'SCORED')
}

/** Of a rescore's run only instructors hear: participants cannot see it. */
async function announce(tx: Db, runId: string, rankingChanged = false): Promise<void> {
  const { live, rescoreId, submission } = await tx.scoringRun.findUniqueOrThrow({
    where: { id: runId },
    select: {
      live: true,
      rescoreId: true,
      submission: { select: { id: true, entryId: true, round: { select: { slug: true } } } },
    },
  })
  if (!live) {
    await notify(tx, { topic: `rescore/${rescoreId}` })
    return
  }
  await notify(tx, { topic: `submission/${submission.id}`, entryId: submission.entryId })
  if (rankingChanged) await notify(tx, { topic: `leaderboard/${submission.round.slug}` })
}
