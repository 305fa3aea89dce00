import type { Prisma } from '../../generated/prisma/client.ts'
import type { Db } from '../../platform/prisma.ts'

const inOrderOfJoining = [
  { joinedAt: 'asc' },
  { userId: 'asc' },
] as const satisfies Prisma.EntryMemberFindManyArgs['orderBy']

const entryFields = {
  members: {
    orderBy: [...inOrderOfJoining],
    select: { user: { select: { name: true, email: true, studentNumber: true } } },
  },
  submissions: {
    where: { finalPick: true },
    orderBy: { receivedAt: 'asc' },
    select: { id: true, label: true },
  },
  _count: { select: { submissions: true } },
} satisfies Prisma.EntryInclude

export type ExportedEntry = Prisma.EntryGetPayload<{ include: typeof entryFields }>

/** All entries of a round with members and final picks (`submissions`), in order of name. */
export function findExportedEntries(db: Db, roundId: string): Promise<ExportedEntry[]> {
  return db.entry.findMany({ where: { roundId }, include: entryFields, orderBy: { name: 'asc' } })
}

const submissionFields = {
  entry: { select: { name: true, kind: true, disqualifiedAt: true } },
  submittedBy: { select: { name: true, email: true } },
  runs: {
    where: { live: true },
    include: {
      dataset: { select: { name: true, version: true } },
      // Without the bits of every image.
      scores: { omit: { correctBits: true, top5Bits: true, confusionMatrix: true, calibrationBins: true } },
    },
  },
} satisfies Prisma.SubmissionInclude

export type ExportedSubmission = Prisma.SubmissionGetPayload<{
  include: typeof submissionFields
  omit: { inspection: true }
}>

/** All submissions of a round with their live runs and scores, in the order in which they came. */
export function findExportedSubmissions(db: Db, roundId: string): Promise<ExportedSubmission[]> {
  return db.submission.findMany({
    where: { roundId },
    include: submissionFields,
    omit: { inspection: true },
    orderBy: [{ receivedAt: 'asc' }, { id: 'asc' }],
  })
}

export type StoredOutputs = { submissionId: string; entryName: string; outputsBlob: string }

/** Where the raw outputs of a round's submissions lie: those of live runs on the round's present dataset. */
export async function findOutputs(
  db: Db,
  round: { id: string; datasetId: string },
): Promise<StoredOutputs[]> {
  const runs = await db.scoringRun.findMany({
    where: {
      live: true,
      status: 'SCORED',
      datasetId: round.datasetId,
      submission: { roundId: round.id },
      outputsBlob: { not: null },
    },
    select: {
      submissionId: true,
      outputsBlob: true,
      submission: { select: { entry: { select: { name: true } } } },
    },
    orderBy: [{ submission: { receivedAt: 'asc' } }, { id: 'asc' }],
  })
  return runs.flatMap(({ submissionId, outputsBlob, submission }) =>
    outputsBlob === null ? [] : [{ submissionId, outputsBlob, entryName: submission.entry.name }],
  )
}
