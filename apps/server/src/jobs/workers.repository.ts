import { engineNames, engineRefusalCodes } from '@taikai/shared/model/engine-name'
import { modelFamilies } from '@taikai/shared/model/model-format'
import { z } from 'zod'
import type { Worker } from '../generated/prisma/client.ts'
import type { Db } from '../platform/prisma.ts'
import type { WorkerEngines } from './engine-pins.repository.ts'

/** A worker whose last sign of life is older is believed dead by those who wait for it. */
export const missedAfterSeconds = 120
const forgottenAfterDays = 7

const engine = z.enum(engineNames)
const enginesSchema = z.array(z.object({ name: engine, version: z.string().nullable() }))
const preferredSchema = z.record(z.enum(modelFamilies), engine.nullable())
const refusalsSchema = z.array(
  z.object({ engine, family: z.string(), code: z.enum(engineRefusalCodes), detail: z.string() }),
)

/** What a worker process says of itself once, when it starts. */
export type WorkerProfile = Omit<
  Worker,
  'engines' | 'preferred' | 'refusals' | 'startedAt' | 'heartbeatAt' | 'stoppedAt'
> & {
  engines: z.infer<typeof enginesSchema>
  preferred: WorkerEngines['preferred']
  refusals: z.infer<typeof refusalsSchema>
}
export type KnownWorker = WorkerProfile &
  Pick<Worker, 'startedAt' | 'heartbeatAt' | 'stoppedAt'> & {
    /** How long ago its last sign of life was, by the database's clock. */
    silentSeconds: number
  }

/** Says that a worker lives. The first time, and after its row was removed in a long absence, this writes all of the row. */
export async function writeSignOfLife(db: Db, worker: WorkerProfile): Promise<void> {
  await db.$executeRaw`
    INSERT INTO "Worker" ("id", "host", "pid", "engines", "preferred", "refusals", "gpuName", "taikaiVersion", "scorerVersion",
      "concurrency", "sandboxMissing", "startedAt", "heartbeatAt")
    VALUES (${worker.id}::uuid, ${worker.host}, ${worker.pid}, ${JSON.stringify(worker.engines)}::jsonb,
      ${JSON.stringify(worker.preferred)}::jsonb, ${JSON.stringify(worker.refusals)}::jsonb, ${worker.gpuName},
      ${worker.taikaiVersion}, ${worker.scorerVersion}, ${worker.concurrency}, ${worker.sandboxMissing}::text[],
      clock_timestamp(), clock_timestamp())
    ON CONFLICT ("id") DO UPDATE SET "heartbeatAt" = clock_timestamp()`
}

/** Says that a worker has stopped in order. */
export async function writeStopped(db: Db, id: string): Promise<void> {
  await db.$executeRaw`
    UPDATE "Worker" SET "heartbeatAt" = clock_timestamp(), "stoppedAt" = clock_timestamp() WHERE "id" = ${id}::uuid`
}

/** Removes workers that gave no sign of life for a week. */
export async function removeForgottenWorkers(db: Db): Promise<void> {
  await db.$executeRaw`
    DELETE FROM "Worker" WHERE "heartbeatAt" < clock_timestamp() - ${forgottenAfterDays} * interval '1 day'`
}

/** Every worker that is remembered, the one heard of last first. */
export async function findWorkers(db: Db): Promise<KnownWorker[]> {
  const rows = await db.$queryRaw<(Worker & { silentSeconds: number })[]>`
    SELECT *, extract(epoch FROM clock_timestamp() - "heartbeatAt")::float8 AS "silentSeconds"
    FROM "Worker" ORDER BY "heartbeatAt" DESC, "id"`
  return rows.map((row) => ({
    ...row,
    engines: enginesSchema.parse(row.engines),
    preferred: preferredSchema.parse(row.preferred),
    refusals: refusalsSchema.parse(row.refusals),
  }))
}

/** How many runs all workers that were heard of lately score at a time. */
export function livingSlots(workers: readonly KnownWorker[]): number {
  return workers
    .filter(({ stoppedAt, silentSeconds }) => stoppedAt === null && silentSeconds < missedAfterSeconds)
    .reduce((sum, { concurrency }) => sum + concurrency, 0)
}

/** What all workers together that were heard of lately can score. */
export function livingEngines(workers: readonly KnownWorker[]): WorkerEngines {
  const lately = workers.filter(({ silentSeconds }) => silentSeconds < missedAfterSeconds)
  const anyFor = (family: keyof WorkerEngines['preferred']) =>
    lately.map(({ preferred }) => preferred[family]).find((name) => name !== null) ?? null
  return {
    preferred: { layers: anyFor('layers'), graph: anyFor('graph'), onnx: anyFor('onnx') },
    runnable: [...new Set(lately.flatMap(({ engines }) => engines.map(({ name }) => name)))],
  }
}
