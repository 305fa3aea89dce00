import { TaikaiError } from '@taikai/shared/errors'
import { Prisma } from '../../generated/prisma/client.ts'
import type { Db } from '../../platform/prisma.ts'

const rescoreDetails = {
  round: { select: { id: true, slug: true, metric: true } },
  dataset: { select: { id: true, name: true, version: true } },
  createdBy: { select: { name: true } },
  runs: { select: { status: true } },
} as const satisfies Prisma.RescoreInclude
export type RescoreRow = Prisma.RescoreGetPayload<{ include: typeof rescoreDetails }>

/** The rescores of a round, newest first. */
export async function findRescores(db: Db, roundId: string): Promise<RescoreRow[]> {
  return db.rescore.findMany({ where: { roundId }, include: rescoreDetails, orderBy: { createdAt: 'desc' } })
}

export async function findRescore(db: Db, slug: string, id: string): Promise<RescoreRow | null> {
  return db.rescore.findFirst({ where: { id, round: { slug } }, include: rescoreDetails })
}

/** Throws RESCORE_OPEN when the round has one that is neither live nor abandoned. */
export async function insertRescore(
  tx: Db,
  data: Prisma.RescoreUncheckedCreateInput,
): Promise<{ id: string; datasetId: string }> {
  try {
    return await tx.rescore.create({ data, select: { id: true, datasetId: true } })
  } catch (error) {
    if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002') {
      throw new TaikaiError('RESCORE_OPEN')
    }
    throw error
  }
}

/** A submission's state, and the round it is in. */
export async function findScoredSubmission(
  db: Db,
  id: string,
): Promise<{ status: string; round: { slug: string } } | null> {
  return db.submission.findUnique({
    where: { id },
    select: { status: true, round: { select: { slug: true } } },
  })
}

export async function findScoredIds(db: Db, roundId: string): Promise<string[]> {
  const rows = await db.submission.findMany({
    where: { roundId, status: 'SCORED' },
    orderBy: [{ receivedAt: 'asc' }, { id: 'asc' }],
    select: { id: true },
  })
  return rows.map(({ id }) => id)
}

const runDetails = {
  dataset: { select: { name: true, version: true } },
  scores: true,
} as const satisfies Prisma.ScoringRunInclude
export type RunRow = Prisma.ScoringRunGetPayload<{ include: typeof runDetails }>

/** Every run of a submission, the newest first. */
export async function findRuns(db: Db, submissionId: string): Promise<RunRow[]> {
  return db.scoringRun.findMany({
    where: { submissionId },
    include: runDetails,
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
  })
}

/** A submission with those of its runs that a rescore is about: its own, the live one, and the one that it replaced. */
export type RescoredSubmission = {
  id: string
  label: string
  disqualifiedAt: Date | null
  entry: { id: string; name: string; kind: 'TEAM' | 'BASELINE'; disqualifiedAt: Date | null }
  runs: RunRow[]
}

/** The round's submissions in order of time. */
export async function findRescoredSubmissions(
  db: Db,
  { id, roundId, madeLiveAt }: { id: string; roundId: string; madeLiveAt: Date | null },
): Promise<RescoredSubmission[]> {
  return db.submission.findMany({
    where: { roundId },
    orderBy: [{ receivedAt: 'asc' }, { id: 'asc' }],
    select: {
      id: true,
      label: true,
      disqualifiedAt: true,
      entry: { select: { id: true, name: true, kind: true, disqualifiedAt: true } },
      runs: {
        where: {
          OR: [
            { live: true },
            { rescoreId: id },
            ...(madeLiveAt === null ? [] : [{ replacedAt: madeLiveAt }]),
          ],
        },
        include: runDetails,
      },
    },
  })
}
