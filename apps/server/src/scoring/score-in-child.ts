import { type ChildProcess, spawn } from 'node:child_process'
import { open } from 'node:fs/promises'
import { Readable, Writable } from 'node:stream'
import type { ErrorCode, ErrorParams } from '@taikai/shared/errors'
import type { EngineName, EngineNote } from '@taikai/shared/model/engine-name'
import type { Inspection } from '@taikai/shared/model/inspection'
import type { ImageSpec, ModelFile } from '@taikai/shared/model/model-file'
import type { Preprocessing } from '@taikai/shared/preprocessing'
import type { TrainingStatistics } from '@taikai/shared/preprocessing-statistics'
import { AnswerReader } from './answer-reader.ts'
import { childEnvironment, childNodeArguments } from './child-arguments.ts'
import { type ChildLimits, usedCpuSeconds } from './child-limits.ts'
import { type ChildRequest, type noEngine, ProtocolError } from './protocol.ts'
import { type Sandbox, sandboxCommand } from './sandbox.ts'

export type ScoringRequest = {
  files: readonly ModelFile[]
  preprocessing: Preprocessing
  spec: ImageSpec
  /** `file`: packed uint8 NHWC, opened here and inherited by the child as a descriptor. */
  images: { file: string; count: number }
  training: TrainingStatistics | null
  engine: EngineName
  limits: ChildLimits
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
 * none. Never rejects for what a model does; rejects when the images file cannot be opened.
 */
export async function scoreInChild(request: ScoringRequest): Promise<ScoringOutcome> {
  const outcome = await unlessCrashed(request.limits, (endAt) => runOnce(request, endAt))
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

async function runOnce(request: ScoringRequest, endAt: number): Promise<Attempt> {
  if (request.signal.aborted) return { kind: 'aborted' }
  const images = await open(request.images.file, 'r')
  try {
    return await runChild(request, images.fd, endAt)
  } finally {
    await images.close()
  }
}

/** `images`: the descriptor that the child inherits. */
export function runChild(request: ChildRun, images: number | 'ignore', endAt: number): Promise<Attempt> {
  const { sandbox, limits, signal } = request
  const [command, ...args] = sandboxCommand(sandbox, limits, childNodeArguments(request.engine, sandbox.user))
  const child = spawn(command, args, {
    env: childEnvironment(request.engine),
    stdio: ['pipe', 'ignore', 'pipe', 'pipe', 'pipe', images],
  })
  return new Promise((resolve) => {
    let ended: Attempt | null = null
    let errorText = ''
    const stop = (outcome: Attempt) => {
      ended ??= outcome
      child.kill('SIGKILL')
    }
    const timer = setTimeout(
      () => stop(judgeTimeout(limits, answer.ready ? child.pid : undefined)),
      endAt - performance.now(),
    )
    const abort = () => stop({ kind: 'aborted' })
    signal.addEventListener('abort', abort, { once: true })
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
    const { answers, errors, requests } = streamsOf(child)
    answers.on('data', (chunk: Buffer) => {
      try {
        answer.push(chunk)
      } catch (error) {
        if (!(error instanceof ProtocolError)) throw error
        stop({ kind: 'failed', code: 'SCORING_INTERRUPTED', params: { detail: error.message } })
      }
    })
    errors.on('data', (chunk: Buffer) => {
      errorText = (errorText + chunk.toString('utf8')).slice(-4000)
    })
    // A child that ends before it has read everything breaks these pipes; how it ended is judged on close.
    requests.on('error', () => undefined)
    child.stdin?.on('error', () => undefined)
    writeRequest(requests, request)
  })
}

function streamsOf(child: ChildProcess): { requests: Writable; answers: Readable; errors: Readable } {
  const [, , errors, requests, answers] = child.stdio
  if (!(requests instanceof Writable) || !(answers instanceof Readable) || !(errors instanceof Readable))
    throw new Error('the pipes of the scoring child are missing')
  return { requests, answers, errors }
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
function judgeTimeout(limits: ChildLimits, readyPid: number | undefined): ScoringOutcome {
  const used = readyPid === undefined ? null : usedCpuSeconds(readyPid)
  if (used !== null && used >= limits.fairCpuSeconds)
    return { kind: 'rejected', code: 'MODEL_TOO_SLOW', params: {} }
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
