import { setTimeout as delay } from 'node:timers/promises'
import type { Logger } from 'pino'
import { createQueueBackend, type QueueConfig } from '../platform/queue.ts'
import { jobCatalogue, scoringQueueName } from './catalogue.ts'

const answerWithinMs = 3_000
/** Any number: jobs with a priority are taken when there are none without. */
const afterParticipants = { priority: 1 }

export interface ScoringQueue {
  /**
   * Adds the run, with its id as the job's id: adding it again while it is there changes nothing. The queue is a hint, the
   * database the truth: a queue that does not answer is logged, and the sweep adds the run again when it is back.
   * A rescore's run comes after all of participants' runs.
   */
  enqueue(runId: string, isRescore?: boolean): Promise<void>
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
    // A finished job that is kept would make the queue ignore the same run when it has to be added again.
    defaultJobOptions: { removeOnComplete: true, removeOnFail: true, attempts: 1 },
  })
  // Without a listener a lost connection would end the process; the client reconnects by itself.
  queue.on('error', (error) => logger.warn({ err: error }, 'scoring queue connection failed'))
  return {
    async enqueue(runId, isRescore = false) {
      const payload = jobCatalogue['score-run'].schema.parse({ runId })
      try {
        await withinTime(
          queue.add('score-run', payload, { jobId: runId, ...(isRescore && afterParticipants) }),
        )
      } catch (error) {
        logger.warn({ err: error, runId }, 'run not enqueued; the sweep will add it')
      }
    },
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
