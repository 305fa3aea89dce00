import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { TaikaiError } from '@taikai/shared/errors'
import type { EngineChoice, EngineName } from '@taikai/shared/model/engine-name'
import { inspectModel } from '@taikai/shared/model/inspect'
import type { Inspection } from '@taikai/shared/model/inspection'
import type { ImageSpec, ModelFile } from '@taikai/shared/model/model-file'
import { familyOf } from '@taikai/shared/model/model-format'
import { type Preprocessing, preprocessingSchema } from '@taikai/shared/preprocessing'
import { type TrainingStatistics, trainingStatistics } from '@taikai/shared/preprocessing-statistics'
import { readCifar10 } from '../features/datasets/formats/cifar10.ts'
import { readIdx } from '../features/datasets/formats/idx.ts'
import { concatenate, type LabelledImages } from '../features/datasets/formats/labelled-images.ts'
import { childLimits } from '../scoring/child-limits.ts'
import { chooseEngines } from '../scoring/choose-engine.ts'
import { computeScore, type SplitScore } from '../scoring/metrics.ts'
import { probeSandbox, type Sandbox } from '../scoring/sandbox.ts'
import { type ScoringOutcome, scoreInChild } from '../scoring/score-in-child.ts'

export type ImageFormat = 'cifar10' | 'mnist'
export type OfflineResult = {
  inspection: Inspection
  score: SplitScore
  outcome: Extract<ScoringOutcome, { kind: 'scored' }>
}

const specs: Record<ImageFormat, ImageSpec> = {
  cifar10: { imageShape: [32, 32, 3], classCount: 10 },
  mnist: { imageShape: [28, 28, 1], classCount: 10 },
}
const limits = { wallClockMs: 1_800_000, memoryBytes: 4_000_000_000 }
/** Standard output carries results only. */
const logger = {
  info: () => undefined,
  warn: (fields: object, message: string) => process.stderr.write(`${message} ${JSON.stringify(fields)}\n`),
}

/** The system's fault, not the model's: exit status 1. */
class OfflineError extends Error {}

/**
 * The first `limit` images of files in a published format; of an official archive, which holds both, those of `set`.
 * Throws TaikaiError DATASET_….
 */
export async function readLabelledImages(
  format: ImageFormat,
  set: 'test' | 'train',
  files: readonly string[],
  limit = Number.POSITIVE_INFINITY,
): Promise<LabelledImages> {
  const named = files.map((path) => ({ name: basename(path), path }))
  const parts = format === 'cifar10' ? await readCifar10(named) : await readIdx(named)
  const { images, labels } = concatenate([...parts.loose, ...parts[set]])
  const count = Math.min(limit, labels.length)
  return {
    images: images.subarray(0, (images.length / labels.length) * count),
    labels: labels.subarray(0, count),
  }
}

export function statisticsOf(format: ImageFormat, { images }: LabelledImages): TrainingStatistics {
  return trainingStatistics(images, specs[format].imageShape)
}

export async function readModelFiles(paths: readonly string[]): Promise<ModelFile[]> {
  return Promise.all(paths.map(async (path) => ({ name: basename(path), bytes: await readFile(path) })))
}

/** Throws TaikaiError PREPROCESSING_INVALID for what is not a preprocessing. */
export function parsePreprocessing(given: unknown): Preprocessing {
  const parsed = preprocessingSchema.safeParse(given)
  if (!parsed.success) throw new TaikaiError('PREPROCESSING_INVALID')
  return parsed.data
}

/** Sandbox and engines, found once for any number of models. */
export async function prepareScoring(
  wanted: 'auto' | EngineName,
): Promise<{ engines: EngineChoice; sandbox: Sandbox }> {
  const sandbox = await probeSandbox('best-effort', logger)
  return { engines: (await chooseEngines(wanted, logger)).preferred, sandbox }
}

/**
 * Scores one model without server or database. Throws TaikaiError when the model is refused, OfflineError when the machine is
 * at fault.
 */
export async function scoreOffline(request: {
  format: ImageFormat
  data: LabelledImages
  files: readonly ModelFile[]
  preprocessing: Preprocessing
  training: TrainingStatistics | null
  engines: EngineChoice
  sandbox: Sandbox
}): Promise<OfflineResult> {
  const spec = specs[request.format]
  const { inspection } = await inspectModel(request.files, spec)
  const family = familyOf(inspection.format)
  const engine = request.engines[family]
  if (engine === null) throw new OfflineError(`no engine for ${family} models works here`)
  const { images, labels } = request.data
  const folder = await mkdtemp(join(tmpdir(), 'taikai-score-'))
  try {
    const file = join(folder, 'images')
    await writeFile(file, images)
    const outcome = await scoreInChild({
      ...request,
      engine,
      spec,
      images: { file, count: labels.length },
      limits: childLimits(engine, limits),
      signal: new AbortController().signal,
      onProgress: () => undefined,
    })
    if (outcome.kind === 'rejected') throw new TaikaiError(outcome.code, outcome.params)
    if (outcome.kind !== 'scored')
      throw new OfflineError(
        outcome.kind === 'failed' ? `${outcome.code} ${JSON.stringify(outcome.params)}` : 'aborted',
      )
    const { outputs, outputKind } = outcome
    const score = computeScore({
      outputs,
      outputKind,
      labels,
      classCount: spec.classCount,
      include: () => true,
    })
    return { inspection, score, outcome }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
