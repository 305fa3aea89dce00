import type { Prisma } from '../../generated/prisma/client.ts'
import { queueLiveRun } from '../../jobs/turns.repository.ts'
import { notify } from '../../platform/events.ts'
import type { Db } from '../../platform/prisma.ts'

const submissionDetails = {
  round: { select: { slug: true, title: true } },
  entry: {
    select: {
      name: true,
      kind: true,
      disqualifiedAt: true,
      disqualifiedReason: true,
      members: { select: { userId: true } },
    },
  },
  submittedBy: { select: { name: true } },
  files: { select: { name: true, bytes: true }, orderBy: { position: 'asc' } },
  runs: {
    where: { live: true },
    include: { dataset: { select: { name: true, version: true } }, scores: { where: { split: 'PUBLIC' } } },
  },
} as const satisfies Prisma.SubmissionInclude
export type SubmissionRow = Prisma.SubmissionGetPayload<{ include: typeof submissionDetails }>

export async function findSubmission(db: Db, id: string): Promise<SubmissionRow | null> {
  return db.submission.findUnique({ where: { id }, include: submissionDetails })
}

/** The entry's submission that an upload of this key became; null where there is none, or no key. */
export async function findUploaded(
  db: Db,
  entryId: string,
  uploadKey: string | null,
): Promise<{ id: string } | null> {
  if (uploadKey === null) return null
  return db.submission.findUnique({
    where: { entryId_uploadKey: { entryId, uploadKey } },
    select: { id: true },
  })
}

/** Newest first; of one entry, or of all entries of the round. */
export async function findSubmissions(
  db: Db,
  { roundId, entryId }: { roundId: string; entryId: string | null },
): Promise<SubmissionRow[]> {
  return db.submission.findMany({
    where: { roundId, ...(entryId === null ? {} : { entryId }) },
    include: submissionDetails,
    orderBy: [{ receivedAt: 'desc' }, { id: 'desc' }],
  })
}

export async function findDataset(db: Db, id: string) {
  return db.dataset.findUniqueOrThrow({ where: { id } })
}

export type NewSubmission = Omit<Prisma.SubmissionUncheckedCreateInput, 'id' | 'files' | 'runs'> & {
  id: string
}
export type NewFile = Omit<Prisma.SubmissionFileCreateManyInput, 'submissionId'>

/** Adds a queued submission with its files and its first run, on the round's dataset. */
export async function insertSubmission(
  tx: Db,
  submission: NewSubmission,
  files: readonly NewFile[],
): Promise<void> {
  // Its reference to the round keeps a rescore from going live until this is committed: only then is the dataset certain.
  await tx.submission.create({ data: { ...submission, files: { create: [...files] } } })
  await queueLiveRun(tx, submission.id)
  await notify(tx, { topic: `submission/${submission.id}`, entryId: submission.entryId })
}

/**
 * Cancels the unfinished live run, queued or running; quota comes back only where it was still queued. False when it has
 * finished meanwhile.
 */
export async function cancelUnfinished(
  tx: Db,
  submission: { id: string; entryId: string },
  now: Date,
): Promise<boolean> {
  const [cancelled] = await tx.$queryRaw<{ wasQueued: boolean }[]>`
    WITH "unfinished" AS (
      SELECT "id", "status" FROM "ScoringRun"
      WHERE "submissionId" = ${submission.id}::uuid AND "live" AND "status" IN ('QUEUED', 'RUNNING') FOR UPDATE)
    UPDATE "ScoringRun" r SET "status" = 'CANCELLED', "finishedAt" = ${now} FROM "unfinished" u
    WHERE r."id" = u."id" RETURNING u."status" = 'QUEUED' AS "wasQueued"`
  if (cancelled === undefined) return false
  await tx.submission.update({
    where: { id: submission.id },
    data: { status: 'CANCELLED', quotaReturned: cancelled.wasQueued },
  })
  await notify(tx, { topic: `submission/${submission.id}`, entryId: submission.entryId })
  return true
}

const fileOwners = {
  submission: { select: { entry: { select: { members: { select: { userId: true } } } } } },
} as const satisfies Prisma.SubmissionFileInclude

/** A file by its place among those of its submission, with whose it is. */
export function findStoredFile(
  db: Db,
  submissionId: string,
  position: number,
): Promise<Prisma.SubmissionFileGetPayload<{ include: typeof fileOwners }> | null> {
  return db.submissionFile.findUnique({
    where: { submissionId_position: { submissionId, position } },
    include: fileOwners,
  })
}

// Any number; it names this lock among PostgreSQL's advisory locks.
const filesLock = 7_241_001

/** Held by whoever stores a submission's files, until the row that names them is committed. Many may hold it. */
export async function lockFilesForInsert(tx: Db): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock_shared(${filesLock}::bigint)`
}

/** Waits until nobody is between storing files and committing their row, and keeps it so until the transaction ends. */
export async function lockFilesForSweep(tx: Db): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${filesLock}::bigint)`
}

export async function findExistingSubmissionIds(db: Db, ids: string[]): Promise<Set<string>> {
  const rows = await db.submission.findMany({ where: { id: { in: ids } }, select: { id: true } })
  return new Set(rows.map((row) => row.id))
}

export async function findRunOutputs(
  db: Db,
  ids: string[],
): Promise<Map<string, { finishedAt: Date | null; outputsBlob: string | null }>> {
  const rows = await db.scoringRun.findMany({
    where: { id: { in: ids } },
    select: { id: true, finishedAt: true, outputsBlob: true },
  })
  return new Map(rows.map((row) => [row.id, row]))
}
