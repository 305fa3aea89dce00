import { setTimeout as delay } from 'node:timers/promises'
import type { Logger } from 'pino'
import { createQueueBackend, type QueueConfig } from '../platform/queue.ts'
import { jobCatalogue, scoringQueueName } from './catalogue.ts'

const answerWithinMs = 3_000

export interface ScoringQueue {
  /**
   * Adds one job for each of so many runs that were queued. The queue is a hint, the database the truth: a job says that a run
   * waits, and whoever takes it takes the run whose turn it is. A job too many does nothing. A queue that does not answer is
   * logged, and the sweep adds what is missing when it is back.
   */
  wake(runs: number): Promise<void>
  /** Adds what is missing to so many waiting jobs. Logged likewise. */
  topUp(runs: number): Promise<void>
  /** Throws when the queue does not answer. */
  ping(): Promise<void>
  close(): Promise<void>
}

/** The producer's side, for the server and the worker alike. */
export async function createScoringQueue(config: QueueConfig, logger: Logger): Promise<ScoringQueue> {
  const backend = createQueueBackend(config)
  await backend.prepare()
  const queue = new backend.Queue(scoringQueueName, {
    ...backend.options,
    defaultJobOptions: { removeOnComplete: true, removeOnFail: true, attempts: 1 },
  })
  // Without a listener a lost connection would end the process; the client reconnects by itself.
  queue.on('error', (error) => logger.warn({ err: error }, 'scoring queue connection failed'))
  const add = async (count: number) => {
    const data = jobCatalogue['score-run'].schema.parse({})
    await queue.addBulk(Array.from({ length: count }, () => ({ name: 'score-run', data })))
  }
  const unlessAway = async (act: () => Promise<void>) => {
    try {
      await act()
    } catch (error) {
      logger.warn({ err: error }, 'workers not woken; the sweep will see to it')
    }
  }
  return {
    wake: (runs) => unlessAway(() => withinTime(add(runs))),
    topUp: (runs) =>
      unlessAway(async () => {
        // An answer that comes late is not acted upon: by then others may have added what is missing.
        const { waiting = 0 } = await withinTime(queue.getJobCounts('waiting'))
        if (waiting < runs) await withinTime(add(runs - waiting))
      }),
    async ping() {
      await withinTime(queue.getJobCounts('waiting'))
    },
    close: () => queue.close(),
  }
}

/** A client that reconnects holds commands back for as long as that takes; requests cannot wait for it. */
async function withinTime<T>(answer: Promise<T>): Promise<T> {
  const timer = new AbortController()
  const late = delay(answerWithinMs, undefined, { signal: timer.signal }).then(() => {
    throw new Error(`the queue did not answer within ${answerWithinMs} ms`)
  })
  try {
    return await Promise.race([answer, late])
  } finally {
    timer.abort()
    late.catch(() => {}) // the abort itself
    answer.catch(() => {}) // told already, or too late to matter
  }
}
