import { z } from 'zod'
import { engineNames, engineRefusalCodes } from '../model/engine-name.ts'
import { roundStates } from '../round-state.ts'
import { backupSchema } from './backup.ts'

const count = z.number().int()
const instant = z.iso.datetime()

const overviewRoundSchema = z.object({
  slug: z.string(),
  title: z.string(),
  datasetName: z.string(),
  state: z.enum(roundStates),
  timeZone: z.string(),
  /** The next of its dates; null when none is to come. */
  nextDate: z.object({ kind: z.enum(['opens', 'freezes', 'closes']), at: instant }).nullable(),
  submissions: count,
  submissionsLastHour: count,
})
export type OverviewRound = z.infer<typeof overviewRoundSchema>

/** Participants' runs; those of rescores have a page of their own. */
const overviewQueueSchema = z.object({
  waiting: count,
  /** Of those that wait: behind a run of the same team. */
  held: count,
  running: count,
  failedLastDay: count,
  oldestWaitingSeconds: z.number().nullable(),
  /** How long a submission of now would wait; null where nothing was scored yet or no worker answers. */
  expectedWaitSeconds: z.number().nullable(),
})
export type OverviewQueue = z.infer<typeof overviewQueueSchema>

const overviewWorkerSchema = z.object({
  id: z.uuid(),
  /** `silent`: it stopped without a word, or cannot reach the database. */
  state: z.enum(['live', 'silent', 'stopped']),
  host: z.string(),
  pid: count,
  engines: z.array(z.object({ name: z.enum(engineNames), version: z.string().nullable() })),
  /** What it scores models of Keras and TensorFlow.js with where the round has no engine yet. */
  preferredEngine: z.enum(engineNames).nullable(),
  /** Engines that were tried and do not work there. */
  refusals: z.array(
    z.object({ engine: z.enum(engineNames), code: z.enum(engineRefusalCodes), detail: z.string() }),
  ),
  gpuName: z.string().nullable(),
  taikaiVersion: z.string(),
  scorerVersion: z.string(),
  /** Whether both versions are the server's. */
  sameVersion: z.boolean(),
  concurrency: count,
  sandboxMissing: z.array(z.string()),
  startedAt: instant,
  heartbeatAt: instant,
  stoppedAt: instant.nullable(),
  /** Of the run that it finished last. */
  imagesPerSecond: z.number().nullable(),
  running: z.array(
    z.object({
      submissionId: z.uuid(),
      roundTitle: z.string(),
      entryName: z.string(),
      /** Whether it is a rescore's run. */
      rescore: z.boolean(),
      imagesDone: count,
      imagesTotal: count,
    }),
  ),
})
export type OverviewWorker = z.infer<typeof overviewWorkerSchema>

const overviewStorageSchema = z.object({
  /** Of the disk that holds DATA_DIR. */
  diskFreeBytes: z.number(),
  diskTotalBytes: z.number(),
  /** Models and images, by what the database says of them. */
  filesBytes: z.number(),
  databaseBytes: z.number(),
})
export type OverviewStorage = z.infer<typeof overviewStorageSchema>

const warning = <Code extends string, Params extends z.ZodRawShape>(code: Code, params: Params) =>
  z.object({ code: z.literal(code), params: z.object(params) })

/** What an instructor has to know, the most urgent first. The words are the page's. */
export const overviewWarningSchema = z.discriminatedUnion('code', [
  warning('NO_WORKER', {}),
  warning('NO_WORKER_RUNS_WAITING', { waiting: count }),
  warning('ENGINE_MISSING', { slug: z.string(), title: z.string(), engine: z.string(), waiting: count }),
  warning('DISK_LOW', { freeBytes: z.number(), totalBytes: z.number() }),
  warning('RUNS_FAILED', { count, newestSubmissionId: z.uuid() }),
  warning('ROUND_UNFINISHED', { slug: z.string(), title: z.string(), unfinished: count }),
  warning('SANDBOX_INCOMPLETE', { host: z.string(), missing: z.string() }),
  warning('WORKER_VERSION', {
    host: z.string(),
    workerVersion: z.string(),
    workerScorer: z.string(),
    serverVersion: z.string(),
    serverScorer: z.string(),
  }),
  warning('BACKUP_OLD', { newestAt: instant }),
  warning('BACKUP_NONE', {}),
])
export type OverviewWarning = z.infer<typeof overviewWarningSchema>

/** GET /api/overview: for instructors. */
export const overviewSchema = z.object({
  serverTime: instant,
  warnings: z.array(overviewWarningSchema),
  rounds: z.array(overviewRoundSchema),
  /** Of each of the last 24 hours, the oldest first; the last one ends now. */
  submissionsPerHour: z.array(count).length(24),
  queue: overviewQueueSchema,
  workers: z.array(overviewWorkerSchema),
  storage: overviewStorageSchema,
  /** The newest first. */
  backups: z.array(backupSchema),
})
export type Overview = z.infer<typeof overviewSchema>
