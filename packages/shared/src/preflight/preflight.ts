import type { Predict } from '../engines/engine.ts'
import { type ErrorCode, type ErrorParams, TaikaiError } from '../errors.ts'
import { inspectModel } from '../model/inspect.ts'
import type { Inspection } from '../model/inspection.ts'
import { checkLayerRules, type RoundModelRules } from '../model/layer-rules.ts'
import type { ImageSpec, ModelFile } from '../model/model-file.ts'
import type { ParsedModel } from '../model/parsed-model.ts'
import type { Preprocessing, PreprocessingPreset } from '../preprocessing.ts'
import { assertPreprocessingFits } from '../preprocessing-fits.ts'
import { readTrainingSample } from './training-sample.ts'
import { type Trial, tryPreprocessing } from './try-preprocessing.ts'

/** What is asked before an upload. Everything in it can go to a web worker. */
export type PreflightRequest = {
  files: readonly ModelFile[]
  spec: ImageSpec
  rules: RoundModelRules
  /** Every way of preprocessing that is to be tried, in this order. */
  preprocessings: readonly Preprocessing[]
  /** The `.npz` of the round's training sample; null where the round has none. */
  sampleNpz: Uint8Array | null
  /** Of the training images, per channel on the 0..255 scale. */
  statistics: { mean: number[]; std: number[] } | null
}

export type Problem = { code: ErrorCode; params: ErrorParams }
export type PreflightEvent =
  | { kind: 'refused'; problem: Problem }
  /** `violation`: the rule of the round that the model breaks. */
  | { kind: 'inspected'; inspection: Inspection; violation: Problem | null }
  | { kind: 'tried'; preset: PreprocessingPreset; trial: Trial }
  /** Nothing more comes. `not-run`: ONNX models are not run in a browser; `no-sample`: the round has no training images. */
  | { kind: 'ended'; why: 'done' | 'not-run' | 'no-sample' }

/** Loads a model into an engine. */
export type LoadModel = (model: ParsedModel) => Promise<Predict>

/**
 * Looks at a model as the server will, then runs it on images that students may see, once for each way of preprocessing, and
 * tells what it finds as it finds it. What the model is at fault for is an event; throws what nobody expected.
 */
export async function preflight(
  request: PreflightRequest,
  loadModel: LoadModel,
  tell: (event: PreflightEvent) => void,
): Promise<void> {
  try {
    await look(request, loadModel, tell)
  } catch (error) {
    if (!(error instanceof TaikaiError)) throw error
    tell({ kind: 'refused', problem: problemOf(error) })
  }
}

async function look(
  { files, spec, rules, preprocessings, sampleNpz, statistics }: PreflightRequest,
  loadModel: LoadModel,
  tell: (event: PreflightEvent) => void,
): Promise<void> {
  const { inspection, model } = await inspectModel(files, spec)
  tell({ kind: 'inspected', inspection, violation: violationOf(() => checkLayerRules(inspection, rules)) })
  if (model.family === 'onnx') return tell({ kind: 'ended', why: 'not-run' })
  if (sampleNpz === null) return tell({ kind: 'ended', why: 'no-sample' })
  const sample = readTrainingSample(sampleNpz)
  const predict = await loadModel(model)
  for (const preprocessing of preprocessings) {
    if (violationOf(() => assertPreprocessingFits(inspection, preprocessing)) !== null) continue
    const training = statistics && { ...statistics, pixelMean: sample.pixelMean }
    const trial = await tryPreprocessing(predict, model, spec, preprocessing, sample, training)
    tell({ kind: 'tried', preset: preprocessing.preset, trial })
  }
  tell({ kind: 'ended', why: 'done' })
}

function violationOf(check: () => void): Problem | null {
  try {
    check()
    return null
  } catch (error) {
    if (error instanceof TaikaiError) return problemOf(error)
    throw error
  }
}

const problemOf = ({ code, params }: TaikaiError): Problem => ({ code, params })
