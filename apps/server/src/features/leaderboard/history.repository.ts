import type { Prisma } from '../../generated/prisma/client.ts'
import type { Db } from '../../platform/prisma.ts'

const metricFields = {
  correct: true,
  total: true,
  top5Correct: true,
  crossEntropy: true,
  squaredError: true,
  macroF1: true,
} as const satisfies Prisma.ScoreSelect

/** One scored submission of a team, on the public split. */
export type HistoryRow = {
  id: string
  entryId: string
  receivedAt: Date
  score: Prisma.ScoreGetPayload<{ select: typeof metricFields }>
}

/**
 * The scored submissions of a round's teams, earliest first, without what is disqualified. With `frozenAt`, those received before
 * it with the score that was live then, except the entry `ownEntryId`, which has all of its own.
 */
export async function findHistory(
  db: Db,
  { roundId, frozenAt, ownEntryId }: { roundId: string; frozenAt: Date | null; ownEntryId: string | null },
): Promise<HistoryRow[]> {
  const counted = {
    roundId,
    disqualifiedAt: null,
    entry: { kind: 'TEAM', disqualifiedAt: null },
  } as const satisfies Prisma.SubmissionWhereInput
  if (frozenAt === null) return findRows(db, counted, { live: true })
  const before = await findRows(
    db,
    {
      ...counted,
      receivedAt: { lt: frozenAt },
      ...(ownEntryId !== null && { entryId: { not: ownEntryId } }),
    },
    liveAt(frozenAt),
  )
  if (ownEntryId === null) return before
  return [...before, ...(await findRows(db, { ...counted, entryId: ownEntryId }, { live: true }))]
}

/**
 * An entry's scored submissions, earliest first, without what is disqualified. With `frozenAt`, those received before it with the
 * score that was live then.
 */
export function findEntryScores(db: Db, entryId: string, frozenAt: Date | null): Promise<HistoryRow[]> {
  const counted = { entryId, disqualifiedAt: null }
  if (frozenAt === null) return findRows(db, counted, { live: true })
  return findRows(db, { ...counted, receivedAt: { lt: frozenAt } }, liveAt(frozenAt))
}

/** The run whose score counted at that time; a first run, finished late, counts from the start. */
function liveAt(time: Date): Prisma.ScoringRunWhereInput {
  return {
    AND: [
      { OR: [{ rescoreId: null }, { madeLiveAt: { lt: time } }] },
      { OR: [{ replacedAt: null }, { replacedAt: { gte: time } }] },
    ],
  }
}

async function findRows(
  db: Db,
  submissions: Prisma.SubmissionWhereInput,
  runs: Prisma.ScoringRunWhereInput,
): Promise<HistoryRow[]> {
  const rows = await db.submission.findMany({
    where: submissions,
    orderBy: [{ receivedAt: 'asc' }, { id: 'asc' }],
    select: {
      id: true,
      entryId: true,
      receivedAt: true,
      runs: {
        where: { ...runs, status: 'SCORED' },
        select: { scores: { where: { split: 'PUBLIC' }, select: metricFields } },
      },
    },
  })
  return rows.flatMap(({ id, entryId, receivedAt, runs: [run] }) => {
    const score = run?.scores[0]
    return score === undefined ? [] : [{ id, entryId, receivedAt, score }]
  })
}
