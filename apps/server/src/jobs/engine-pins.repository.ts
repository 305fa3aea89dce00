import { type EngineChoice, type EngineName, engineNames, familiesOf } from '@taikai/shared/model/engine-name'
import { familyOf, type ModelFamily, modelFamilies, modelFormats } from '@taikai/shared/model/model-format'
import { Prisma } from '../generated/prisma/client.ts'
import type { Db } from '../platform/prisma.ts'

/** Engines of one worker: what a round without a pin gets for each family of models, and all that it can run. */
export type WorkerEngines = { preferred: EngineChoice; runnable: readonly EngineName[] }

/** The name of the engine that a round is pinned to for a family; null while it has none. */
export async function findPin(db: Db, roundId: string, family: ModelFamily): Promise<string | null> {
  const pin = await db.enginePin.findUnique({ where: { roundId_family: { roundId, family } } })
  return pin?.engine ?? null
}

/** What this worker scores a family with, given the round's pin; null when it cannot run that, or has none for the family. */
export function engineFor(
  { preferred, runnable }: WorkerEngines,
  family: ModelFamily,
  pinned: string | null,
): EngineName | null {
  return pinned === null ? preferred[family] : (runnable.find((engine) => engine === pinned) ?? null)
}

const choices = engineNames.flatMap((engine) => familiesOf(engine).map((family) => ({ engine, family })))

/**
 * Joins runs `r` of submissions `s` with their family `f` and what they have to be scored with: their rescore's choice `c` for
 * the family, or their round's pin `p` for it. Either is null where there is none.
 */
export const joinPins = Prisma.sql`
  JOIN unnest(${[...modelFormats]}::text[], ${modelFormats.map(familyOf)}::text[]) AS f("format", "family")
    ON f."format" = s."format"
  LEFT JOIN "Rescore" x ON x."id" = r."rescoreId"
  LEFT JOIN unnest(${choices.map(({ engine }) => engine)}::text[], ${choices.map(({ family }) => family)}::text[])
    AS c("engine", "family") ON c."engine" = x."engine" AND c."family" = f."family"
  LEFT JOIN "EnginePin" p ON p."roundId" = s."roundId" AND p."family" = f."family"`
const wanted = Prisma.sql`coalesce(c."engine", p."engine")`

/** Whether this worker can score a run, over the rows of `joinPins`. */
export function isRunnable({ preferred, runnable }: WorkerEngines): Prisma.Sql {
  const families = modelFamilies.filter((family) => preferred[family] !== null)
  return Prisma.sql`CASE WHEN ${wanted} IS NULL THEN f."family" = ANY(${families}::text[])
    ELSE ${wanted} = ANY(${[...runnable]}::text[]) END`
}

/** What queued runs wait for that this worker cannot give: a certain engine, or any for a family; in alphabetical order. */
export async function findEnginesWaitedFor(db: Db, engines: WorkerEngines): Promise<string[]> {
  const rows = await db.$queryRaw<{ engine: string }[]>`
    SELECT DISTINCT coalesce(${wanted}, f."family") AS "engine"
    FROM "ScoringRun" r JOIN "Submission" s ON s."id" = r."submissionId" ${joinPins}
    WHERE r."status" = 'QUEUED' AND NOT (${isRunnable(engines)})
    ORDER BY "engine"`
  return rows.map(({ engine }) => engine)
}

/** Which of these runs no worker with these engines could score. */
export async function findRunsWithoutEngine(
  db: Db,
  engines: WorkerEngines,
  runIds: readonly string[],
): Promise<Set<string>> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT r."id" FROM "ScoringRun" r JOIN "Submission" s ON s."id" = r."submissionId" ${joinPins}
    WHERE r."id" = ANY(${runIds}::uuid[]) AND NOT (${isRunnable(engines)})`
  return new Set(rows.map(({ id }) => id))
}

export type EngineLack = { slug: string; title: string; engine: string; waiting: number }

/** Queued runs, rescores' too, that no worker with these engines could score: how many of which round wait for which engine. */
export async function countRunsWithoutEngine(db: Db, engines: WorkerEngines): Promise<EngineLack[]> {
  // Without a pin, what ONNX models lack is the one engine that runs them.
  return db.$queryRaw<EngineLack[]>`
    SELECT o."slug", o."title", count(*)::int AS "waiting",
      coalesce(${wanted}, CASE f."family" WHEN 'onnx' THEN 'onnxruntime' ELSE f."family" END) AS "engine"
    FROM "ScoringRun" r JOIN "Submission" s ON s."id" = r."submissionId" JOIN "Round" o ON o."id" = s."roundId" ${joinPins}
    WHERE r."status" = 'QUEUED' AND NOT (${isRunnable(engines)})
    GROUP BY o."slug", o."title", 4 ORDER BY o."title", o."slug", 4`
}
