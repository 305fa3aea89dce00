import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'
import { deflate } from 'node:zlib'
import { preprocessingSchema, presetsNeedingTraining } from '@taikai/shared/preprocessing'
import type { TrainingStatistics } from '@taikai/shared/preprocessing-statistics'
import type { Logger } from 'pino'
import type { Config } from '../config.ts'
import { type StratifiedSplit, stratifiedSplit } from '../features/datasets/split.ts'
import type { PrismaClient } from '../generated/prisma/client.ts'
import { type BlobStore, isStorageUnavailable } from '../platform/blob-store.ts'
import { childLimits, threadsPerRun } from '../scoring/child-limits.ts'
import { computeScore } from '../scoring/metrics.ts'
import type { Sandbox } from '../scoring/sandbox.ts'
import type { ScoringOutcome, ScoringRequest } from '../scoring/score-in-child.ts'
import { scorerVersion } from '../scoring/scorer-version.ts'
import { jobCatalogue } from './catalogue.ts'
import type { WorkerEngines } from './engine-pins.repository.ts'
import { followClaim } from './follow-claim.ts'
import { type ClaimedRun, claimNextRun, finishScored, finishUnscored, putBack } from './runs.repository.ts'
import type { ScoringQueue } from './scoring-queue.ts'
import type { ReadTrainingStatistics } from './training-statistics.ts'
import { findClaimableRuns } from './turns.repository.ts'

const deflateAsync = promisify(deflate)
/** After a failure that may be this machine's or the store's: the next run may meet it too, and another worker may take that one. */
const pauseMs = 5_000

export type ScoreRunDeps = {
  config: Pick<Config, 'scoringTimeoutMs' | 'scoringMemoryBytes' | 'scoringConcurrency'>
  prisma: PrismaClient
  blobs: BlobStore
  queue: ScoringQueue
  engines: WorkerEngines
  /** Under which this process is registered; null where it is not. */
  workerId: string | null
  sandbox: Sandbox
  score(request: ScoringRequest): Promise<ScoringOutcome>
  readTrainingStatistics: ReadTrainingStatistics
  logger: Logger
}

/**
 * Scores the run whose turn it is, if any, and wakes whoever is free for the next one. `failedHere`: runs that the system failed to
 * score in this process, kept by this function; others go first. Throws as `scoreRun` does.
 */
export async function scoreNextRun(
  deps: ScoreRunDeps,
  failedHere: Set<string>,
  stop: AbortSignal,
): Promise<void> {
  const { prisma, engines, workerId } = deps
  const run = await claimNextRun(prisma, { engines, workerId, last: failedHere })
  // All are done, running, held by a running one of their entry (whose end wakes for them), or wait for another worker.
  if (run === null) return
  const failed = await scoreRun(deps, run, stop)
  if (failed) failedHere.add(run.id)
  else failedHere.delete(run.id)
  // Also for those of its entry that it held up. One that was put back just now is left to the sweep: it failed here.
  const [next] = (await findClaimableRuns(prisma, engines, 2)).filter((id) => id !== run.id)
  if (next !== undefined) await deps.queue.wake(1)
  if (failed) await delay(pauseMs, undefined, { signal: stop }).catch(() => {}) // aborted: no use in waiting
}

/**
 * Scores a claimed run. What the run's database row says when this returns is final or back in the queue: also
 * when the blob store could not be reached, which costs no attempt. It throws only when the database cannot be written, and
 * then the sweep takes the run back. True where it was the system that failed.
 */
export async function scoreRun(deps: ScoreRunDeps, run: ClaimedRun, stop: AbortSignal): Promise<boolean> {
  const logger = deps.logger.child({ runId: run.id, attempt: run.claim.attempt })
  const follower = followClaim(deps.prisma, run.claim, logger)
  try {
    const signal = AbortSignal.any([stop, follower.lost])
    const result = await evaluateOrFail(deps, run, signal, follower.report, logger)
    if (!follower.lost.aborted) await settle(deps, run, result, stop, logger)
    return result.kind === 'failed'
  } catch (error) {
    if (!isStorageUnavailable(error)) throw error
    logger.warn({ err: error }, 'the blob store cannot be reached; run put back')
    await follower.stop()
    await putBack(deps.prisma, run.claim, null)
    return true
  } finally {
    await follower.stop()
  }
}

type Scored = Extract<ScoringOutcome, { kind: 'scored' }>
/** What became of a run, and for its scores the labels and which images are public. */
type Result =
  | Exclude<ScoringOutcome, Scored>
  | { kind: 'scored'; outcome: Scored; labels: Uint8Array; split: StratifiedSplit }

/** What became of the run, a failure of this machine included; only a blob store that does not answer throws. */
async function evaluateOrFail(
  deps: ScoreRunDeps,
  run: ClaimedRun,
  signal: AbortSignal,
  onProgress: (imagesDone: number) => void,
  logger: Logger,
): Promise<Result> {
  try {
    return await evaluate(deps, run, signal, onProgress)
  } catch (error) {
    // One that answers, and refuses a file of this run, would do so without end.
    if (isStorageUnavailable(error) && !(await answers(deps.blobs))) throw error
    logger.error({ err: error }, 'scoring failed')
    return { kind: 'failed', code: 'SCORING_INTERRUPTED', params: {} }
  }
}

const answers = (blobs: BlobStore) =>
  blobs.ping().then(
    () => true,
    () => false,
  )

async function evaluate(
  deps: ScoreRunDeps,
  run: ClaimedRun,
  signal: AbortSignal,
  onProgress: (imagesDone: number) => void,
): Promise<Result> {
  const { dataset, submission, engine } = run
  const preprocessing = preprocessingSchema.parse(submission.preprocessing)
  const files = submission.files.map(async ({ name, blobKey }) => ({
    name,
    bytes: await deps.blobs.readBytes(blobKey),
  }))
  const { scoringTimeoutMs: wallClockMs, scoringMemoryBytes: memoryBytes } = deps.config
  const request = {
    files: await Promise.all(files),
    preprocessing,
    spec: imageSpec(dataset),
    images: { file: await deps.blobs.localFile(dataset.hiddenImagesBlob), count: dataset.hiddenCount },
    training: presetsNeedingTraining.includes(preprocessing.preset)
      ? await statisticsOf(dataset, deps.readTrainingStatistics)
      : null,
    engine,
    limits: childLimits(engine, { wallClockMs, memoryBytes }),
    threads: threadsPerRun(deps.config.scoringConcurrency),
    sandbox: deps.sandbox,
    signal,
    onProgress,
  }
  const scoring = deps.score(request)
  // While the child loads the model, on one core: drawing a split takes time too.
  const drawing = drawSplit(deps, run)
  drawing.catch(() => {}) // thrown below, when the child has ended
  const outcome = await scoring
  if (outcome.kind !== 'scored') return outcome
  return { kind: 'scored', outcome, ...(await drawing) }
}

async function drawSplit(
  { blobs }: ScoreRunDeps,
  { dataset, submission: { round } }: ClaimedRun,
): Promise<{ labels: Uint8Array; split: StratifiedSplit }> {
  const labels = await blobs.readBytes(dataset.hiddenLabelsBlob)
  const split = stratifiedSplit(labels, dataset.classNames.length, round.publicPercent, round.splitSeed)
  return { labels, split }
}

function imageSpec(dataset: ClaimedRun['dataset']) {
  return {
    imageShape: [dataset.imageHeight, dataset.imageWidth, dataset.imageChannels] as const,
    classCount: dataset.classNames.length,
  }
}

async function statisticsOf(
  dataset: ClaimedRun['dataset'],
  read: ReadTrainingStatistics,
): Promise<TrainingStatistics> {
  const { id, trainImagesBlob } = dataset
  if (trainImagesBlob === null) throw new Error(`dataset ${id} has no training images`)
  return read({ trainImagesBlob, imageShape: imageSpec(dataset).imageShape })
}

async function settle(
  deps: ScoreRunDeps,
  run: ClaimedRun,
  result: Result,
  stop: AbortSignal,
  logger: Logger,
): Promise<void> {
  const { prisma } = deps
  const { claim } = run
  if (result.kind === 'scored') {
    await storeScored(deps, run, result, logger)
  } else if (result.kind === 'rejected') {
    await finishUnscored(prisma, claim, 'REJECTED', result)
  } else if (result.kind === 'aborted' || stop.aborted) {
    await putBack(prisma, claim, null)
  } else if (claim.attempt >= jobCatalogue['score-run'].attempts) {
    logger.error({ code: result.code, params: result.params }, 'run failed for the last time')
    await finishUnscored(prisma, claim, 'FAILED', result)
  } else {
    logger.warn({ code: result.code, params: result.params }, 'run failed; it is tried again')
    await putBack(prisma, claim, result)
  }
}

async function storeScored(
  deps: ScoreRunDeps,
  run: ClaimedRun,
  { outcome, labels, split: { isPublic, splitId } }: Extract<Result, { kind: 'scored' }>,
  logger: Logger,
): Promise<void> {
  const { dataset, claim } = run
  const { outputs, outputKind } = outcome
  const classCount = dataset.classNames.length
  const score = (include: (imageIndex: number) => boolean) =>
    computeScore({ outputs, outputKind, labels, classCount, include })
  // A key for each attempt: one that lost its claim must not overwrite what the next one stored.
  const outputsBlob = `outputs/${run.id}/${claim.attempt}`
  await deps.blobs.put(
    outputsBlob,
    await deflateAsync(new Uint8Array(outputs.buffer, outputs.byteOffset, outputs.byteLength)),
  )
  const stored = await finishScored(
    deps.prisma,
    claim,
    {
      engine: outcome.engine,
      engineVersion: outcome.engineVersion,
      engineNote: outcome.engineNote,
      imagesPerSecond: outcome.imagesPerSecond,
      imagesDone: dataset.hiddenCount,
      scorerVersion,
      splitId,
      outputsBlob,
    },
    [
      { split: 'PUBLIC', ...score((image) => isPublic[image] === 1) },
      { split: 'PRIVATE', ...score((image) => isPublic[image] === 0) },
    ],
  )
  if (outcome.engineNote !== null)
    logger.warn({ engineNote: outcome.engineNote }, 'outputs are those of wasm, not of the pinned engine')
  if (stored) {
    logger.info({ engine: outcome.engine, imagesPerSecond: outcome.imagesPerSecond }, 'run scored')
  } else {
    logger.warn('result of a lost claim thrown away')
    await deps.blobs.remove(outputsBlob)
  }
}
