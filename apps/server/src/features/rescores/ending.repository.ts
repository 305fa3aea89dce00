import type { EngineName } from '@taikai/shared/model/engine-name'
import { familiesOf } from '@taikai/shared/model/engine-name'
import { notify } from '../../platform/events.ts'
import type { Db } from '../../platform/prisma.ts'

/** Puts the rescore's runs in the place of those that were live, which stay for the record, and their states with them. */
export async function swapLiveRuns(tx: Db, rescoreId: string, now: Date): Promise<void> {
  // In this order: a submission has one live run at most.
  await tx.$executeRaw`
    UPDATE "ScoringRun" old SET "live" = false, "replacedAt" = ${now} FROM "ScoringRun" new
    WHERE new."rescoreId" = ${rescoreId}::uuid AND old."submissionId" = new."submissionId" AND old."live"`
  await tx.$executeRaw`
    UPDATE "ScoringRun" SET "live" = true, "madeLiveAt" = ${now} WHERE "rescoreId" = ${rescoreId}::uuid`
  await tx.$executeRaw`
    UPDATE "Submission" s SET "status" = r."status", "updatedAt" = ${now} FROM "ScoringRun" r
    WHERE r."rescoreId" = ${rescoreId}::uuid AND s."id" = r."submissionId"`
  await tx.rescore.update({ where: { id: rescoreId }, data: { madeLiveAt: now } })
}

/** Moves the round to another dataset; its split is drawn anew from the same seed. */
export async function moveDataset(tx: Db, roundId: string, datasetId: string): Promise<void> {
  await tx.round.update({ where: { id: roundId }, data: { datasetId } })
}

/** Pins the round to an engine for every family that it can run. */
export async function movePins(tx: Db, roundId: string, engine: EngineName): Promise<void> {
  for (const family of familiesOf(engine)) {
    await tx.enginePin.upsert({
      where: { roundId_family: { roundId, family } },
      create: { roundId, family, engine },
      update: { engine },
    })
  }
}

/**
 * Lets live runs that are not finished begin anew, on the round's dataset as it is now; a worker that is at one loses its claim,
 * which costs no attempt. Returns their ids.
 */
export async function restartUnfinished(tx: Db, roundId: string): Promise<string[]> {
  const runs = await tx.$queryRaw<{ id: string; submissionId: string }[]>`
    UPDATE "ScoringRun" r SET "status" = 'QUEUED', "claimedBy" = NULL, "heartbeatAt" = NULL, "imagesDone" = 0,
      "attempt" = r."attempt" - (r."status" = 'RUNNING')::int, "datasetId" = d."id", "imagesTotal" = d."hiddenCount"
    FROM "Submission" s, "Round" o, "Dataset" d
    WHERE o."id" = ${roundId}::uuid AND s."roundId" = o."id" AND d."id" = o."datasetId" AND r."submissionId" = s."id"
      AND r."live" AND r."status" IN ('QUEUED', 'RUNNING')
    RETURNING r."id"::text, r."submissionId"::text`
  const submissionIds = runs.map(({ submissionId }) => submissionId)
  await tx.submission.updateMany({ where: { id: { in: submissionIds } }, data: { status: 'QUEUED' } })
  await announceSubmissions(tx, { id: { in: submissionIds } })
  return runs.map(({ id }) => id)
}

/** Tells each rescored submission's team that it has another score. */
export async function announceRescored(tx: Db, rescoreId: string): Promise<void> {
  await announceSubmissions(tx, { runs: { some: { rescoreId } } })
}

async function announceSubmissions(
  tx: Db,
  where: { id: { in: string[] } } | { runs: { some: { rescoreId: string } } },
): Promise<void> {
  const submissions = await tx.submission.findMany({ where, select: { id: true, entryId: true } })
  for (const { id, entryId } of submissions) await notify(tx, { topic: `submission/${id}`, entryId })
}

/** Ends a rescore without effect. What it has scored stays for the record; the rest is cancelled, and its workers stop. */
export async function markAbandoned(tx: Db, rescoreId: string, now: Date): Promise<void> {
  await tx.rescore.update({ where: { id: rescoreId }, data: { abandonedAt: now } })
  await tx.scoringRun.updateMany({
    where: { rescoreId, status: { in: ['QUEUED', 'RUNNING'] } },
    data: { status: 'CANCELLED', finishedAt: now },
  })
}
