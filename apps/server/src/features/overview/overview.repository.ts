import type { Db } from '../../platform/prisma.ts'

const hour = 3_600_000
/** Durations of so many runs tell how long a run takes. */
const recentRuns = 20

/** Rounds, the newest first, with their submissions: all, of the last hour, and those that are not finished. */
export async function findRounds(db: Db, now: Date) {
  const rounds = await db.round.findMany({
    include: { dataset: { select: { name: true } }, _count: { select: { submissions: true } } },
    orderBy: { createdAt: 'desc' },
  })
  const lastHour = await db.submission.groupBy({
    by: ['roundId'],
    where: { receivedAt: { gt: new Date(now.getTime() - hour) } },
    _count: true,
  })
  const unfinished = await db.submission.groupBy({
    by: ['roundId'],
    where: { status: { in: ['QUEUED', 'RUNNING'] } },
    _count: true,
  })
  const countOf = (groups: typeof lastHour, id: string) =>
    groups.find(({ roundId }) => roundId === id)?._count ?? 0
  return rounds.map((round) => ({
    ...round,
    lastHour: countOf(lastHour, round.id),
    unfinished: countOf(unfinished, round.id),
  }))
}
export type RoundWithCounts = Awaited<ReturnType<typeof findRounds>>[number]

/** How many submissions arrived in each of the 24 hours before `now`, the oldest hour first. */
export async function countSubmissionsPerHour(db: Db, now: Date): Promise<number[]> {
  const rows = await db.$queryRaw<{ hoursAgo: number; count: number }[]>`
    SELECT floor(extract(epoch FROM ${now}::timestamptz - "receivedAt") / 3600)::int AS "hoursAgo", count(*)::int AS "count"
    FROM "Submission" WHERE "receivedAt" > ${now}::timestamptz - interval '24 hours' AND "receivedAt" <= ${now}::timestamptz
    GROUP BY 1`
  const counts = new Map(rows.map(({ hoursAgo, count }) => [hoursAgo, count]))
  return Array.from({ length: 24 }, (_, at) => counts.get(23 - at) ?? 0)
}

export type QueueCounts = {
  waiting: number
  held: number
  running: number
  oldestWaitingSeconds: number | null
  /** Of the last runs that came to a result, in seconds; null before the first. */
  medianRunSeconds: number | null
}

/** How participants' runs stand; rescores do not count. */
export async function countQueue(db: Db): Promise<QueueCounts> {
  const [counts] = await db.$queryRaw<QueueCounts[]>`
    SELECT count(*) FILTER (WHERE r."status" = 'QUEUED')::int AS "waiting",
      count(*) FILTER (WHERE r."status" = 'QUEUED' AND EXISTS (
        SELECT 1 FROM "ScoringRun" o JOIN "Submission" os ON os."id" = o."submissionId"
        WHERE o."status" = 'RUNNING' AND o."live" AND os."entryId" = s."entryId"))::int AS "held",
      count(*) FILTER (WHERE r."status" = 'RUNNING')::int AS "running",
      extract(epoch FROM clock_timestamp() - min(r."createdAt") FILTER (WHERE r."status" = 'QUEUED'))::float8
        AS "oldestWaitingSeconds",
      (SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM d."finishedAt" - d."startedAt"))::float8 FROM (
        SELECT "startedAt", "finishedAt" FROM "ScoringRun"
        WHERE "live" AND "status" IN ('SCORED', 'REJECTED') AND "startedAt" IS NOT NULL AND "finishedAt" IS NOT NULL
        ORDER BY "finishedAt" DESC LIMIT ${recentRuns}) d) AS "medianRunSeconds"
    FROM "ScoringRun" r JOIN "Submission" s ON s."id" = r."submissionId"
    WHERE r."live" AND r."status" IN ('QUEUED', 'RUNNING')`
  if (counts === undefined) throw new Error('an aggregate has a row')
  return counts
}

/** Live runs that failed by the system's fault in the 24 hours before `now`, and the submission of the newest of them. */
export async function findFailures(
  db: Db,
  now: Date,
): Promise<{ count: number; newestSubmissionId: string | null }> {
  const failed = await db.scoringRun.findMany({
    where: { live: true, status: 'FAILED', finishedAt: { gt: new Date(now.getTime() - 24 * hour) } },
    orderBy: { finishedAt: 'desc' },
    select: { submissionId: true },
  })
  return { count: failed.length, newestSubmissionId: failed[0]?.submissionId ?? null }
}

export type RunningRun = {
  workerId: string
  submissionId: string
  roundTitle: string
  entryName: string
  live: boolean
  imagesDone: number
  imagesTotal: number
}

/** What runs now, with the worker that has it. */
export async function findRunning(db: Db): Promise<RunningRun[]> {
  return db.$queryRaw<RunningRun[]>`
    SELECT r."workerId", r."submissionId", o."title" AS "roundTitle", e."name" AS "entryName", r."live", r."imagesDone",
      r."imagesTotal"
    FROM "ScoringRun" r JOIN "Submission" s ON s."id" = r."submissionId" JOIN "Entry" e ON e."id" = s."entryId"
      JOIN "Round" o ON o."id" = s."roundId"
    WHERE r."status" = 'RUNNING' AND r."workerId" IS NOT NULL ORDER BY r."startedAt", r."id"`
}

/** Images per second of the run that each worker finished last. */
export async function findSpeeds(db: Db): Promise<Map<string, number>> {
  const rows = await db.$queryRaw<{ id: string; imagesPerSecond: number }[]>`
    SELECT w."id", r."imagesPerSecond" FROM "Worker" w JOIN LATERAL (
      SELECT "imagesPerSecond" FROM "ScoringRun"
      WHERE "workerId" = w."id" AND "finishedAt" IS NOT NULL AND "imagesPerSecond" IS NOT NULL
      ORDER BY "finishedAt" DESC LIMIT 1) r ON true`
  return new Map(rows.map(({ id, imagesPerSecond }) => [id, imagesPerSecond]))
}

/** Bytes of the database, and of the models and images in the blob store. Blobs that versions of a dataset share count once. */
export async function measureDatabase(db: Db): Promise<{ databaseBytes: number; filesBytes: number }> {
  const [sizes] = await db.$queryRaw<{ databaseBytes: number; filesBytes: number }[]>`
    SELECT pg_database_size(current_database())::float8 AS "databaseBytes",
      (SELECT coalesce(sum("bytes"), 0) FROM "SubmissionFile")::float8 + (
        SELECT coalesce(sum("bytes"), 0) FROM (
          SELECT "hiddenImagesBlob" AS "blob", "hiddenCount"::bigint * "imageHeight" * "imageWidth" * "imageChannels" AS "bytes"
            FROM "Dataset"
          UNION SELECT "hiddenLabelsBlob", "hiddenCount" FROM "Dataset"
          UNION SELECT "trainImagesBlob", "trainCount"::bigint * "imageHeight" * "imageWidth" * "imageChannels"
            FROM "Dataset" WHERE "trainImagesBlob" IS NOT NULL
          UNION SELECT "trainLabelsBlob", "trainCount" FROM "Dataset" WHERE "trainLabelsBlob" IS NOT NULL
        ) blobs)::float8 AS "filesBytes"`
  if (sizes === undefined) throw new Error('a SELECT without a table has a row')
  return sizes
}

/** When the first account was made; null before. */
export async function findInstalledAt(db: Db): Promise<Date | null> {
  const { _min } = await db.user.aggregate({ _min: { createdAt: true } })
  return _min.createdAt
}
