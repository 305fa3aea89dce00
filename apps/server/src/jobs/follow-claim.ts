import type { Logger } from 'pino'
import type { PrismaClient } from '../generated/prisma/client.ts'
import { type Claim, recordProgress } from './runs.repository.ts'

/** How often progress is written at most, and a sign of life at least. */
const tickMs = 400
const heartbeatEveryTicks = 5

export type ClaimFollower = {
  /** Aborts when the run was cancelled or taken over: whatever comes out of it is worth nothing now. */
  lost: AbortSignal
  report(imagesDone: number): void
  /** Resolves when the last write is over. */
  stop(): Promise<void>
}

/** Keeps a claim alive while its run is going on, writes its progress, and learns when the claim is lost. */
export function followClaim(prisma: PrismaClient, claim: Claim, logger: Logger): ClaimFollower {
  const lost = new AbortController()
  let imagesDone: number | null = null
  let idleTicks = 0
  let writing: Promise<void> = Promise.resolve()
  let busy = false

  async function write(): Promise<void> {
    busy = true
    const done = imagesDone
    imagesDone = null
    idleTicks = 0
    try {
      if (!(await recordProgress(prisma, claim, done))) lost.abort()
    } catch (error) {
      // The next tick tries again; a silence that lasts makes the sweep give the run to somebody else.
      logger.warn({ err: error }, 'progress not written')
    } finally {
      busy = false
    }
  }

  const timer = setInterval(() => {
    idleTicks += 1
    if (!busy && (imagesDone !== null || idleTicks >= heartbeatEveryTicks)) writing = write()
  }, tickMs)

  return {
    lost: lost.signal,
    report: (done) => {
      imagesDone = done
    },
    stop: async () => {
      clearInterval(timer)
      await writing
    },
  }
}
