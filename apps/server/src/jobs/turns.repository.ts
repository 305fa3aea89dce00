import { Prisma } from '../generated/prisma/client.ts'
import type { Db } from '../platform/prisma.ts'
import { isRunnable, joinPins, type WorkerEngines } from './engine-pins.repository.ts'
import { turnOf } from './run-order.ts'

/** Queues a live run for a submission, on its round's dataset as it is now, and gives it its turn. Returns the run's id. */
export async function queueLiveRun(tx: Db, submissionId: string): Promise<string> {
  const { entryId, macs, round } = await tx.submission.findUniqueOrThrow({
    where: { id: submissionId },
    select: {
      entryId: true,
      macs: true,
      round: { select: { dataset: { select: { id: true, hiddenCount: true } } } },
    },
  })
  const { id: datasetId, hiddenCount: imagesTotal } = round.dataset
  // By the database's clock: turns of several servers are compared.
  const [entry] = await tx.$queryRaw<{ now: Date; lastTurn: Date | null }[]>`
    SELECT clock_timestamp() AS "now", max(r."turnAt") AS "lastTurn"
    FROM "ScoringRun" r JOIN "Submission" s ON s."id" = r."submissionId"
    WHERE s."entryId" = ${entryId}::uuid AND r."live" AND r."status" IN ('QUEUED', 'RUNNING')`
  if (entry === undefined) throw new Error('an aggregate has a row')
  const cost = { macs: macs === null ? null : Number(macs), images: imagesTotal }
  const turnAt = turnOf(cost, entry.now, entry.lastTurn)
  const run = await tx.scoringRun.create({ data: { submissionId, datasetId, imagesTotal, turnAt } })
  return run.id
}

/**
 * Where a run stands among all, smaller is sooner, over runs `r` and entries `e`: participants' by their turn, then baselines, then
 * rescores. An instructor who scores two hundred runs anew holds up nobody.
 */
export const place = Prisma.sql`
  (CASE WHEN NOT r."live" THEN 2 WHEN e."kind" = 'BASELINE' THEN 1 ELSE 0 END, r."turnAt", r."createdAt", r."id")`

/**
 * Runs that a worker with these engines may claim now, in the order in which they are to be taken, at most `limit`: of every entry
 * without a running live run its first live one, and rescores' runs.
 */
export async function findClaimableRuns(db: Db, engines: WorkerEngines, limit: number): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT "id" FROM (
      SELECT DISTINCT ON (CASE WHEN r."live" THEN s."entryId" ELSE r."id" END) r."id", ROW${place} AS "place"
      FROM "ScoringRun" r JOIN "Submission" s ON s."id" = r."submissionId" JOIN "Entry" e ON e."id" = s."entryId" ${joinPins}
      WHERE r."status" = 'QUEUED' AND ${isRunnable(engines)}
      AND (NOT r."live" OR NOT EXISTS (
        SELECT 1 FROM "ScoringRun" o JOIN "Submission" os ON os."id" = o."submissionId"
        WHERE o."status" = 'RUNNING' AND o."live" AND os."entryId" = s."entryId"))
      ORDER BY CASE WHEN r."live" THEN s."entryId" ELSE r."id" END, "place") claimable
    ORDER BY "place" LIMIT ${limit}`
  return rows.map(({ id }) => id)
}
