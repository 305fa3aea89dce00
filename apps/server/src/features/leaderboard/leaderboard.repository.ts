import type { RankingMetric } from '@taikai/shared/ranking-metric'
import { type EntryKind, Prisma } from '../../generated/prisma/client.ts'
import type { Db } from '../../platform/prisma.ts'

/** An entry with the score, on one split, of its submission that counts. */
export type StandingRow = {
  entryId: string
  kind: EntryKind
  memberCount: number
  submissionCount: number
  /** The dataset version on which it was scored. */
  datasetId: string
  receivedAt: Date
  parameters: number
  macs: number | null
  correct: number
  total: number
  top5Correct: number
  crossEntropy: number
  crossEntropySd: number
  squaredError: number
  squaredErrorSd: number
  macroF1: number
  correctBits: Uint8Array
  top5Bits: Uint8Array
}

/** `rankingValue` of packages/shared/src/ranking-metric.ts over a row `score` of Score, turned so that the smallest is the best. */
const rankingOrder: Record<RankingMetric, Prisma.Sql> = {
  accuracy: Prisma.sql`-score."correct"`,
  'top5-error': Prisma.sql`score."total" - score."top5Correct"`,
  'cross-entropy': Prisma.sql`floor(score."crossEntropy" * 10000 + 0.5)`,
  'squared-error': Prisma.sql`floor(score."squaredError" * 10000 + 0.5)`,
  'macro-f1': Prisma.sql`-floor(score."macroF1" * 10000 + 0.5)`,
}

/**
 * Every ranked entry of a round with its best public score; of equal ones the earlier received counts. Never reads the private split.
 * With `receivedBefore`: of submissions received before it, each by the run that was live then, however late that was finished.
 */
export function findPublicStandings(
  db: Db,
  round: { id: string; metric: RankingMetric },
  receivedBefore: Date | null,
): Promise<StandingRow[]> {
  const counting = Prisma.sql`
    SELECT DISTINCT ON (s."entryId") s."entryId", s."receivedAt", s."parameters", s."macs", run."id" AS "runId", run."datasetId"
    FROM "Submission" s
    JOIN "ScoringRun" run ON run."submissionId" = s."id" AND run."status" = 'SCORED' AND ${wasLive(receivedBefore)}
    JOIN "Score" score ON score."runId" = run."id" AND score."split" = 'PUBLIC'
    WHERE s."roundId" = ${round.id}::uuid AND s."disqualifiedAt" IS NULL AND ${wasReceived(receivedBefore)}
    ORDER BY s."entryId", ${rankingOrder[round.metric]}, s."receivedAt", s."id"`
  return findStandings(db, 'PUBLIC', counting, receivedBefore)
}

/**
 * Every ranked entry of a round with its final score: the best private one among its picks that have a score, else among its best
 * public ones, as many as the round allows picks.
 */
export function findFinalStandings(
  db: Db,
  round: { id: string; metric: RankingMetric; finalPicks: number },
): Promise<StandingRow[]> {
  const order = rankingOrder[round.metric]
  const counting = Prisma.sql`
    SELECT DISTINCT ON (scored."entryId") scored."entryId", scored."receivedAt", scored."parameters", scored."macs", scored."runId", scored."datasetId"
    FROM (
      SELECT s."id", s."entryId", s."receivedAt", s."parameters", s."macs", s."finalPick", run."id" AS "runId", run."datasetId",
        bool_or(s."finalPick") OVER (PARTITION BY s."entryId") AS "hasPick",
        row_number() OVER (PARTITION BY s."entryId" ORDER BY ${order}, s."receivedAt", s."id") AS "publicPlace"
      FROM "Submission" s
      JOIN "ScoringRun" run ON run."submissionId" = s."id" AND run."status" = 'SCORED' AND run."live"
      JOIN "Score" score ON score."runId" = run."id" AND score."split" = 'PUBLIC'
      WHERE s."roundId" = ${round.id}::uuid AND s."disqualifiedAt" IS NULL
    ) scored
    JOIN "Score" score ON score."runId" = scored."runId" AND score."split" = 'PRIVATE'
    WHERE CASE WHEN scored."hasPick" THEN scored."finalPick" ELSE scored."publicPlace" <= ${round.finalPicks} END
    ORDER BY scored."entryId", ${order}, scored."receivedAt", scored."id"`
  return findStandings(db, 'PRIVATE', counting, null)
}

function findStandings(
  db: Db,
  split: 'PUBLIC' | 'PRIVATE',
  counting: Prisma.Sql,
  receivedBefore: Date | null,
): Promise<StandingRow[]> {
  return db.$queryRaw<StandingRow[]>`
    WITH counting AS (${counting})
    SELECT e."id"::text AS "entryId", e."kind"::text AS "kind",
      (SELECT count(*)::int FROM "EntryMember" m WHERE m."entryId" = e."id") AS "memberCount",
      (SELECT count(*)::int FROM "Submission" s WHERE s."entryId" = e."id" AND ${wasReceived(receivedBefore)}) AS "submissionCount",
      counting."datasetId"::text AS "datasetId", counting."receivedAt", counting."parameters", counting."macs"::float8 AS "macs",
      score."correct", score."total", score."top5Correct", score."crossEntropy", score."crossEntropySd",
      score."squaredError", score."squaredErrorSd", score."macroF1", score."correctBits", score."top5Bits"
    FROM counting
    JOIN "Entry" e ON e."id" = counting."entryId" AND e."disqualifiedAt" IS NULL
    JOIN "Score" score ON score."runId" = counting."runId" AND score."split" = ${split}::"Split"`
}

/** Submissions of all teams that are ranked or may come to be, whatever became of them. */
export async function countTeamSubmissions(
  db: Db,
  roundId: string,
  receivedBefore: Date | null,
): Promise<number> {
  return db.submission.count({
    where: {
      roundId,
      entry: { kind: 'TEAM', disqualifiedAt: null },
      ...(receivedBefore !== null && { receivedAt: { lt: receivedBefore } }),
    },
  })
}

function wasReceived(before: Date | null): Prisma.Sql {
  return before === null ? Prisma.sql`TRUE` : Prisma.sql`s."receivedAt" < ${before}::timestamptz`
}

/** Whether a run is live, or was at that moment: a first run is from its start, a rescore's from when it was made live. */
function wasLive(at: Date | null): Prisma.Sql {
  if (at === null) return Prisma.sql`run."live"`
  return Prisma.sql`((run."live" OR run."replacedAt" >= ${at}::timestamptz) AND (run."madeLiveAt" IS NULL OR run."madeLiveAt" < ${at}::timestamptz))`
}
