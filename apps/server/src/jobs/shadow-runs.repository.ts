import type { Db } from '../platform/prisma.ts'

/**
 * Queues a run for each submission that counts for nothing until its rescore goes live. Returns the runs' ids.
 * Each submission's live run must be finished.
 */
export async function insertShadowRuns(
  tx: Db,
  rescore: { id: string; datasetId: string },
  submissionIds: readonly string[],
): Promise<string[]> {
  const { hiddenCount } = await tx.dataset.findUniqueOrThrow({ where: { id: rescore.datasetId } })
  const runs = await tx.scoringRun.createManyAndReturn({
    data: submissionIds.map((submissionId) => ({
      submissionId,
      datasetId: rescore.datasetId,
      imagesTotal: hiddenCount,
      live: false,
      rescoreId: rescore.id,
    })),
    select: { id: true },
  })
  return runs.map(({ id }) => id)
}

/** Makes whoever starts or ends a rescore of the run's round wait until the transaction ends, and waits for them. */
export async function lockAgainstRescores(tx: Db, runId: string): Promise<void> {
  await tx.$queryRaw`
    SELECT 1 FROM "Round" o JOIN "Submission" s ON s."roundId" = o."id"
    JOIN "ScoringRun" r ON r."submissionId" = s."id"
    WHERE r."id" = ${runId}::uuid FOR KEY SHARE OF o`
}

/**
 * Adds a submission whose live run was scored just now to the rescore of its whole round that is going on, if one is: else that
 * could never go live without leaving it behind. To be called under `lockAgainstRescores`.
 */
export async function joinOpenRescore(tx: Db, runId: string): Promise<void> {
  const submission = await tx.submission.findFirst({
    where: { runs: { some: { id: runId, live: true } } },
    select: { id: true, roundId: true },
  })
  if (submission === null) return
  const rescore = await tx.rescore.findFirst({
    where: {
      roundId: submission.roundId,
      submissionId: null,
      selection: false,
      madeLiveAt: null,
      abandonedAt: null,
    },
  })
  if (rescore !== null) await insertShadowRuns(tx, rescore, [submission.id])
}
