import { open } from 'node:fs/promises'
import { pipeline, type Readable, type Writable } from 'node:stream'
import type { ErrorCode, ErrorParams } from '@taikai/shared/errors'
import type { EngineName, EngineNote } from '@taikai/shared/model/engine-name'
import { mayHoldHdf5 } from '@taikai/shared/model/file-kind'
import type { Inspection } from '@taikai/shared/model/inspection'
import type { ImageSpec, ModelFile } from '@taikai/shared/model/model-file'
import type { Preprocessing } from '@taikai/shared/preprocessing'
import type { TrainingStatistics } from '@taikai/shared/preprocessing-statistics'
import { AnswerReader } from './answer-reader.ts'
import { type ChildLimits, usedCpuSeconds } from './child-limits.ts'
import { ProtocolError } from './pipes.ts'
import type { ChildRequest, noEngine } from './protocol.ts'
import type { Sandbox } from './sandbox.ts'
import { type StartChild, startChild } from './start-child.ts'

export type ScoringRequest = {
  files: readonly ModelFile[]
  preprocessing: Preprocessing
  spec: ImageSpec
  /** `file`: packed uint8 NHWC, opened here and sent to the child as it asks for it. */
  images: { file: string; count: number }
  training: TrainingStatistics | null
  engine: EngineName
  limits: ChildLimits
  /** That the engine may compute with; all cores when left out. */
  threads?: number
  sandbox: Sandbox
  signal: AbortSignal
  onProgress(imagesDone: number): void
}

export type ScoringOutcome =
  | {
      kind: 'scored'
      /** [images, classes] packed. */
      outputs: Float32Array
      outputKind: Inspection['outputKind']
      engine: EngineName
      engineVersion: string
      engineNote: EngineNote | null
      imagesPerSecond: number
    }
  /** The model's fault: stored, never retried. */
  | { kind: 'rejected'; code: ErrorCode; params: ErrorParams }
  /** The system's fault: the caller retries. */
  | { kind: 'failed'; code: ErrorCode; params: ErrorParams }
  /** By the signal: cancelled, or shutting down. */
  | { kind: 'aborted' }

/** One run of a child, which inspects only when it has no engine. */
export type ChildRun = Omit<ScoringRequest, 'engine' | 'images'> & {
  engine: EngineName | typeof noEngine
  images: { count: number }
}
export type Attempt =
  | ScoringOutcome
  | { kind: 'inspected'; inspection: Inspection }
  | { kind: 'crashed'; how: string }

const imagesChunkBytes = 2 ** 20
const crashSignals = new Set<string>([
  'SIGSEGV',
  'SIGABRT',
  'SIGILL',
  'SIGBUS',
  'SIGFPE',
  'SIGTRAP',
  'SIGSYS',
])

/**
 * Runs one model over all images in a fresh, locked-down process and gives its outputs, or whose fault it was that there are
 * none. Never rejects for what a model does; rejects when the images file cannot be opened. `start` is for callers that keep a
 * spare child.
 */
export async function scoreInChild(
  request: ScoringRequest,
  start: StartChild = startChild,
): Promise<ScoringOutcome> {
  const outcome = await unlessCrashed(request.limits, (endAt) => runOnce(request, start, endAt))
  if (outcome.kind !== 'inspected') return outcome
  return { kind: 'failed', code: 'SCORING_INTERRUPTED', params: { detail: 'inspected instead of scored' } }
}

/**
 * Tries a crash once more, on what is left of the wall clock: the same crash twice is the model's fault (ENGINE_CRASHED), else it
 * was the machine's. `run` gets the time on the clock of `performance.now()` at which it has to end.
 */
export async function unlessCrashed(
  { wallClockMs }: ChildLimits,
  run: (endAt: number) => Promise<Attempt>,
): Promise<Exclude<Attempt, { kind: 'crashed' }>> {
  const endAt = performance.now() + wallClockMs
  const first = await run(endAt)
  if (first.kind !== 'crashed') return first
  const second = await run(endAt)
  if (second.kind !== 'crashed') return second
  return first.how === second.how
    ? { kind: 'rejected', code: 'ENGINE_CRASHED', params: { detail: first.how } }
    : { kind: 'failed', code: 'SCORING_INTERRUPTED', params: { detail: `${first.how}, then ${second.how}` } }
}

async function runOnce(request: ScoringRequest, start: StartChild, endAt: number): Promise<Attempt> {
  if (request.signal.aborted) return { kind: 'aborted' }
  const file = await open(request.images.file, 'r')
  try {
    // The system keeps what was read in memory, once for all runs; each run only passes it on.
    const images = file.createReadStream({ autoClose: false, highWaterMark: imagesChunkBytes })
    return await runChild(request, images, start, endAt)
  } finally {
    await file.close()
  }
}

/** `images`: null where the child only inspects. */
export function runChild(
  request: ChildRun,
  images: Readable | null,
  start: StartChild,
  endAt: number,
): Promise<Attempt> {
  const { limits, signal } = request
  const { process: child, ...pipes } = start({ ...request, hdf5: mayHoldHdf5(request.files) })
  // What a spare has spent on loading came before this run's wall clock.
  const spentBefore = usedCpuSeconds(child.pid) ?? 0
  return new Promise((resolve) => {
    let ended: Attempt | null = null
    let errorText = ''
    const stop = (outcome: Attempt) => {
      ended ??= outcome
      child.kill('SIGKILL')
    }
    const timer = setTimeout(
      () => stop(judgeTimeout(limits, answer.ready ? (usedCpuSeconds(child.pid) ?? 0) - spentBefore : 0)),
      endAt - performance.now(),
    )
    const abort = () => stop({ kind: 'aborted' })
    signal.addEventListener('abort', abort, { once: true })
    if (signal.aborted) abort() // while the images were opened
    const answer = new AnswerReader(request.images.count, request.spec.classCount, request.onProgress)
    const settle = (outcome: Attempt) => {
      clearTimeout(timer)
      signal.removeEventListener('abort', abort)
      resolve(outcome)
    }
    child.once('error', (error) =>
      settle({
        kind: 'failed',
        code: 'ENGINE_UNAVAILABLE',
        params: { engine: request.engine, detail: error.message },
      }),
    )
    child.once('close', (code, signalName) =>
      settle(ended ?? answer.outcome() ?? judgeExit(answer.ready, code, signalName, errorText)),
    )
    pipes.answer.on('data', (chunk: Buffer) => {
      try {
        answer.push(chunk)
        const outcome = answer.outcome()
        if (outcome !== null) stop(outcome) // nothing it could still do counts, and to end by itself takes it longer
      } catch (error) {
        if (!(error instanceof ProtocolError)) throw error
        stop({ kind: 'failed', code: 'SCORING_INTERRUPTED', params: { detail: error.message } })
      }
    })
    pipes.errors.on('data', (chunk: Buffer) => {
      errorText = (errorText + chunk.toString('utf8')).slice(-4000)
    })
    writeRequest(pipes.request, request)
    // Where reading fails the images end early, which the child tells; a broken pipe means that the child has ended.
    if (images !== null && pipes.images !== null) pipeline(images, pipes.images, () => undefined)
  })
}

function writeRequest(stream: Writable, { files, preprocessing, spec, images, training }: ChildRun): void {
  const [height, width, channels] = spec.imageShape
  const request: ChildRequest = {
    files: files.map(({ name, bytes }) => ({ name, bytes: bytes.length })),
    preprocessing,
    imageShape: [height, width, channels],
    classCount: spec.classCount,
    imageCount: images.count,
    training: training && { ...training, pixelMean: training.pixelMean && [...training.pixelMean] },
  }
  const json = Buffer.from(JSON.stringify(request))
  const length = Buffer.alloc(4)
  length.writeUInt32LE(json.length)
  stream.write(length)
  stream.write(json)
  for (const { bytes } of files) stream.write(bytes)
  stream.end()
}

/** Whose fault it is when the wall clock ends a child: the model's where it had its fair share of the processor. */
function judgeTimeout(limits: ChildLimits, cpuSeconds: number): ScoringOutcome {
  if (cpuSeconds >= limits.fairCpuSeconds) return { kind: 'rejected', code: 'MODEL_TOO_SLOW', params: {} }
  return { kind: 'failed', code: 'SCORING_TIMED_OUT', params: { limitSeconds: limits.wallClockMs / 1000 } }
}

/** Whose fault it is when a child ended without an answer. */
function judgeExit(ready: boolean, code: number | null, signal: string | null, errorText: string): Attempt {
  const detail = `${signal ?? `exit ${code}`}: ${errorText.trim().slice(-400)}`
  if (!ready) return { kind: 'failed', code: 'ENGINE_UNAVAILABLE', params: { detail } }
  if (signal === 'SIGXCPU') return { kind: 'rejected', code: 'MODEL_TOO_SLOW', params: {} }
  if (/out of memory|allocation failed/i.test(errorText) && signal !== 'SIGKILL')
    return { kind: 'rejected', code: 'OUT_OF_MEMORY', params: {} }
  if (signal !== null && crashSignals.has(signal)) return { kind: 'crashed', how: signal }
  return { kind: 'failed', code: 'SCORING_INTERRUPTED', params: { detail } }
}
