import type { Db } from '../../platform/prisma.ts'

/** Upper bounds of run times, in seconds. */
const bucketSeconds = [1, 2, 5, 10, 20, 30, 60, 120, 300, 600]

export type QueueDepth = {
  kind: 'participant' | 'rescore'
  queued: number
  running: number
  /** How long the run that has waited longest has waited; 0 where none waits. */
  oldestWaitSeconds: number
}

/** Runs that are not finished: participants' own, and those of rescores. */
export async function measureQueue(db: Db): Promise<QueueDepth[]> {
  return db.$queryRaw<QueueDepth[]>`
    SELECT k."kind", count(r."id") FILTER (WHERE r."status" = 'QUEUED')::int AS "queued",
      count(r."id") FILTER (WHERE r."status" = 'RUNNING')::int AS "running",
      coalesce(extract(epoch FROM clock_timestamp() - min(r."createdAt") FILTER (WHERE r."status" = 'QUEUED')), 0)::float8
        AS "oldestWaitSeconds"
    FROM (VALUES ('participant', true), ('rescore', false)) k("kind", "live")
      LEFT JOIN "ScoringRun" r ON r."live" = k."live" AND r."status" IN ('QUEUED', 'RUNNING')
    GROUP BY k."kind" ORDER BY k."kind"`
}

export type Outcomes = { outcome: string; code: string; count: number }[]

/** How all finished runs ended, and with which reason code; the code is empty where there is none. */
export async function countOutcomes(db: Db): Promise<Outcomes> {
  return db.$queryRaw<Outcomes>`
    SELECT lower("status"::text) AS "outcome", coalesce("reasonCode", '') AS "code", count(*)::int AS "count"
    FROM "ScoringRun" WHERE "status" IN ('SCORED', 'REJECTED', 'FAILED', 'CANCELLED') GROUP BY 1, 2 ORDER BY 1, 2`
}

export type RunTimes = {
  engine: string
  count: number
  seconds: number
  withinSeconds: [le: number, count: number][]
}[]

/** How long scored runs took in each engine, from claim to result. */
export async function measureRunTimes(db: Db): Promise<RunTimes> {
  const rows = await db.$queryRaw<{ engine: string; count: number; seconds: number; within: number[] }[]>`
    WITH times AS (
      SELECT "engine", extract(epoch FROM "finishedAt" - "startedAt")::float8 AS "seconds" FROM "ScoringRun"
      WHERE "status" = 'SCORED' AND "engine" IS NOT NULL AND "startedAt" IS NOT NULL AND "finishedAt" IS NOT NULL)
    SELECT "engine", count(*)::int AS "count", sum("seconds")::float8 AS "seconds",
      (SELECT array_agg((SELECT count(*)::int FROM times u WHERE u."engine" = t."engine" AND u."seconds" <= le) ORDER BY le)
        FROM unnest(${bucketSeconds}::float8[]) le) AS "within"
    FROM times t GROUP BY "engine" ORDER BY "engine"`
  return rows.map(({ within, ...row }) => ({
    ...row,
    withinSeconds: bucketSeconds.map((le, at) => [le, within[at] ?? 0]),
  }))
}
