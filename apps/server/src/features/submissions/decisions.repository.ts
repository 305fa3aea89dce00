import type { Prisma } from '../../generated/prisma/client.ts'
import { notify } from '../../platform/events.ts'
import type { Db } from '../../platform/prisma.ts'

const decisionDetails = {
  round: true,
  entry: { select: { members: { select: { userId: true } } } },
} as const satisfies Prisma.SubmissionInclude
export type DecidedSubmission = Prisma.SubmissionGetPayload<{ include: typeof decisionDetails }>

/** A submission with its whole round, for what is decided about it. */
export async function findForDecision(db: Db, id: string): Promise<DecidedSubmission | null> {
  return db.submission.findUnique({ where: { id }, include: decisionDetails })
}

/** Makes changes of one entry's picks wait for each other until the transaction ends. */
export async function lockPicks(tx: Db, entryId: string): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM "Entry" WHERE "id" = ${entryId}::uuid FOR NO KEY UPDATE`
}

/** How many other submissions the entry has picked. */
export async function countOtherPicks(
  tx: Db,
  { id, entryId }: { id: string; entryId: string },
): Promise<number> {
  return tx.submission.count({ where: { entryId, finalPick: true, id: { not: id } } })
}

type Decision = { finalPick: boolean } | { disqualifiedAt: Date | null; disqualifiedReason: string | null }

export async function updateDecision(
  tx: Db,
  { id, entryId }: { id: string; entryId: string },
  decision: Decision,
): Promise<void> {
  await tx.submission.update({ where: { id }, data: decision })
  await notify(tx, { topic: `submission/${id}`, entryId })
}
