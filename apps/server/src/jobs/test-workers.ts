import { randomUUID } from 'node:crypto'
import type { PrismaClient } from '../generated/prisma/client.ts'
import { taikaiVersion } from '../platform/taikai-version.ts'
import { scorerVersion } from '../scoring/scorer-version.ts'
import { type WorkerProfile, writeSignOfLife } from './workers.repository.ts'

/** What a worker without native engines says of itself. */
export function buildWorker(overrides: Partial<WorkerProfile> = {}): WorkerProfile {
  return {
    id: randomUUID(),
    host: 'lab-1',
    pid: 4711,
    engines: [{ name: 'wasm', version: 'tfjs-backend-wasm 4.22.0' }],
    preferred: { layers: 'wasm', graph: 'wasm', onnx: null },
    refusals: [],
    gpuName: null,
    taikaiVersion,
    scorerVersion,
    concurrency: 1,
    sandboxMissing: [],
    ...overrides,
  }
}

/** A worker whose last sign of life was `silentSeconds` ago. Gives its id. */
export async function insertWorker(
  prisma: PrismaClient,
  overrides: Partial<WorkerProfile> = {},
  silentSeconds = 0,
): Promise<string> {
  const worker = buildWorker(overrides)
  await writeSignOfLife(prisma, worker)
  await silence(prisma, worker.id, silentSeconds)
  return worker.id
}

/** Moves a worker's last sign of life back. */
export async function silence(prisma: PrismaClient, id: string, seconds: number): Promise<void> {
  await prisma.$executeRaw`
    UPDATE "Worker" SET "heartbeatAt" = clock_timestamp() - ${seconds} * interval '1 second' WHERE "id" = ${id}::uuid`
}
