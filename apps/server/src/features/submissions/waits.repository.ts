import { place } from '../../jobs/turns.repository.ts'
import type { Db } from '../../platform/prisma.ts'
import type { QueuePlace, RecentRuns } from './expected-wait.ts'

/** Durations of so many runs tell how long one takes. */
const recentRuns = 20

/**
 * Of every live run that is still queued, the unfinished ones (of all rounds) before it. Rescores do not count: they come after
 * all of these, and participants cannot see them; so do baselines. In the rounds `hidden` only the entry's own count.
 */
export async function findQueuePlaces(
  db: Db,
  runIds: readonly string[],
  hidden: readonly string[],
): Promise<Map<string, QueuePlace>> {
  const rows = await db.$queryRaw<(QueuePlace & { id: string })[]>`
    WITH unfinished AS (
      SELECT r."id", r."status", ROW${place} AS "place", s."entryId", s."roundId" = ANY(${hidden}::uuid[]) AS "hidden"
      FROM "ScoringRun" r JOIN "Submission" s ON s."id" = r."submissionId" JOIN "Entry" e ON e."id" = s."entryId"
      WHERE r."live" AND r."status" IN ('QUEUED', 'RUNNING'))
    SELECT mine."id", place.* FROM unfinished mine CROSS JOIN LATERAL (
      SELECT count(*)::int AS "ahead",
        count(*) FILTER (WHERE ahead."status" = 'RUNNING')::int AS "running",
        count(*) FILTER (WHERE ahead."entryId" = mine."entryId")::int AS "own",
        count(*) FILTER (WHERE ahead."status" = 'RUNNING' AND ahead."entryId" = mine."entryId")::int AS "ownRunning"
      FROM unfinished ahead
      WHERE (ahead."status" = 'RUNNING' OR ahead."place" < mine."place")
        AND (NOT ahead."hidden" OR ahead."entryId" = mine."entryId")) place
    WHERE mine."status" = 'QUEUED' AND mine."id" = ANY(${runIds}::uuid[])`
  return new Map(rows.map(({ id, ...place }) => [id, place]))
}

/** By dataset: how long the live runs took that were scored on it last, whoever's they were. */
export async function findRecentRuns(
  db: Db,
  datasetIds: readonly string[],
): Promise<Map<string, RecentRuns>> {
  const rows = await db.$queryRaw<(RecentRuns & { id: string })[]>`
    SELECT d."id", count(*)::int AS "count",
      percentile_cont(0.25) WITHIN GROUP (ORDER BY d."seconds")::float8 AS "low",
      percentile_cont(0.75) WITHIN GROUP (ORDER BY d."seconds")::float8 AS "high"
    FROM (
      SELECT q."id", r."seconds" FROM unnest(${datasetIds}::uuid[]) AS q("id") CROSS JOIN LATERAL (
        SELECT extract(epoch FROM "finishedAt" - "startedAt") AS "seconds" FROM "ScoringRun"
        WHERE "datasetId" = q."id" AND "live" AND "status" = 'SCORED' AND "startedAt" IS NOT NULL AND "finishedAt" IS NOT NULL
        ORDER BY "finishedAt" DESC LIMIT ${recentRuns}) r) d
    GROUP BY d."id"`
  return new Map(rows.map(({ id, ...recent }) => [id, recent]))
}

/** For how many seconds runs go on already, by the clock that wrote when they began. */
export async function findElapsed(db: Db, runIds: readonly string[]): Promise<Map<string, number>> {
  const rows = await db.$queryRaw<{ id: string; seconds: number }[]>`
    SELECT "id", extract(epoch FROM clock_timestamp() - "startedAt")::float8 AS "seconds" FROM "ScoringRun"
    WHERE "id" = ANY(${runIds}::uuid[]) AND "startedAt" IS NOT NULL`
  return new Map(rows.map(({ id, seconds }) => [id, seconds]))
}

/** The unfinished submissions of a person's entries, the oldest first. */
export async function findWaitingIds(db: Db, userId: string): Promise<string[]> {
  const rows = await db.submission.findMany({
    where: { status: { in: ['QUEUED', 'RUNNING'] }, entry: { members: { some: { userId } } } },
    orderBy: { receivedAt: 'asc' },
    select: { id: true },
  })
  return rows.map(({ id }) => id)
}
