import { z } from 'zod'

type JobDefinition = {
  /** Ids at most: the database holds the rest. Parsed when added and when taken. */
  schema: z.ZodType
  /** How often the system may fail before the work counts as FAILED. Counted in the database, not by the queue. */
  attempts: number
}

export const jobCatalogue = {
  // Says that a run waits, not which: whoever takes the job takes the run whose turn it is.
  'score-run': { schema: z.object({}), attempts: 3 },
} as const satisfies Record<string, JobDefinition>

type JobName = keyof typeof jobCatalogue
type JobPayload<Name extends JobName> = z.infer<(typeof jobCatalogue)[Name]['schema']>

/** One handler for every job of the catalogue: a missing one does not compile. `stop` aborts when the worker shuts down. */
export type JobHandlers = {
  [Name in JobName]: (payload: JobPayload<Name>, stop: AbortSignal) => Promise<void>
}

export const scoringQueueName = 'scoring'
