import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import { setTimeout as delay } from 'node:timers/promises'
import type { Logger } from 'pino'
import type { PrismaClient } from '../generated/prisma/client.ts'
import { taikaiVersion } from '../platform/taikai-version.ts'
import type { FoundEngines } from '../scoring/choose-engine.ts'
import type { Sandbox } from '../scoring/sandbox.ts'
import { scorerVersion } from '../scoring/scorer-version.ts'
import type { WorkerEngines } from './engine-pins.repository.ts'
import { type WorkerProfile, writeSignOfLife, writeStopped } from './workers.repository.ts'

const signOfLifeEveryMs = 5_000

export type WorkerRegistration = {
  /** Of this start of the process. */
  id: string
  /** Tells that the worker has stopped; nothing may run any more. */
  stop(): Promise<void>
}

/** What this process says of itself, under a new id. */
export function describeWorker(given: {
  found: FoundEngines
  engines: WorkerEngines
  sandbox: Sandbox
  gpuName: string | null
  concurrency: number
}): WorkerProfile {
  const { found, engines, sandbox, gpuName, concurrency } = given
  return {
    id: randomUUID(),
    host: hostname(),
    pid: process.pid,
    engines: engines.runnable.map((name) => ({ name, version: found.versions[name] ?? null })),
    preferred: found.preferred,
    refusals: found.refusals,
    gpuName,
    taikaiVersion,
    scorerVersion,
    concurrency,
    sandboxMissing: [...sandbox.missing],
  }
}

/** Registers a worker, and tells every five seconds that it lives until it is stopped. */
export async function registerWorker(
  { prisma, logger }: { prisma: PrismaClient; logger: Logger },
  profile: WorkerProfile,
): Promise<WorkerRegistration> {
  await writeSignOfLife(prisma, profile)
  const stopping = new AbortController()
  const living = keepTelling(prisma, profile, logger, stopping.signal)
  return {
    id: profile.id,
    async stop() {
      stopping.abort()
      await living
      await writeStopped(prisma, profile.id)
    },
  }
}

async function keepTelling(
  prisma: PrismaClient,
  profile: WorkerProfile,
  logger: Logger,
  stop: AbortSignal,
): Promise<void> {
  while (!stop.aborted) {
    await delay(signOfLifeEveryMs, undefined, { signal: stop }).catch(() => {}) // aborted: the loop ends
    if (stop.aborted) return
    try {
      await writeSignOfLife(prisma, profile)
    } catch (error) {
      // The database may be away for a while; meanwhile the overview says that this worker is silent.
      logger.warn({ err: error }, 'sign of life not written')
    }
  }
}
