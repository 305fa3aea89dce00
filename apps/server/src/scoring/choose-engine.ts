import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  type EngineChoice,
  type EngineName,
  type TensorflowEngineName,
  tensorflowEngineNames,
} from '@taikai/shared/model/engine-name'
import { childLimits } from './child-limits.ts'
import { goldenLayers, goldenOnnx, goldenOutputs, goldenPixels } from './golden-models.ts'
import type { Sandbox, SandboxLogger } from './sandbox.ts'
import { scoreInChild } from './score-in-child.ts'

/** No engine that was asked for works on this machine. */
export class EngineError extends Error {
  /** Each engine that was tried, and why it cannot be used. */
  readonly faults: readonly string[]

  constructor(faults: readonly string[]) {
    super(`no scoring engine works here: ${faults.join('; ')}`)
    this.faults = faults
  }
}

// No limits on memory or processor time: this model is ours, and CUDA maps far more than any model may have.
const openSandbox: Sandbox = { network: [], noNewPrivileges: false, limits: false, user: null, missing: [] }

/** Gives an engine's fault in one line, or null. */
type TryEngine = (engine: EngineName) => Promise<string | null>

/**
 * The engines that this worker uses: for Layers models and GraphModels the wanted one, or with `auto` the best that starts and
 * reproduces known outputs; for ONNX always ONNX Runtime. Each is tried in a process of its own, as a binding that does not fit
 * kills the process. Throws EngineError when none runs Layers models; without ONNX Runtime, ONNX models wait for another worker.
 */
export async function chooseEngines(
  wanted: 'auto' | TensorflowEngineName,
  logger: SandboxLogger,
  tryEngine: TryEngine = faultOf,
): Promise<EngineChoice> {
  const candidates = wanted === 'auto' ? tensorflowEngineNames : [wanted]
  const [layers, onnx] = await Promise.all([
    firstThatWorks(candidates, logger, tryEngine),
    firstThatWorks(['onnxruntime'], logger, tryEngine),
  ])
  if (layers.engine === null) throw new EngineError(layers.faults)
  return { layers: layers.engine, graph: layers.engine, onnx: onnx.engine }
}

async function firstThatWorks(
  candidates: readonly EngineName[],
  logger: SandboxLogger,
  tryEngine: TryEngine,
): Promise<{ engine: EngineName | null; faults: string[] }> {
  const faults: string[] = []
  for (const engine of candidates) {
    const fault = await tryEngine(engine)
    if (fault === null) {
      logger.info({ engine }, 'scoring engine chosen')
      return { engine, faults }
    }
    logger.info({ engine, fault }, 'scoring engine is not available here')
    faults.push(`${engine}: ${fault}`)
  }
  return { engine: null, faults }
}

/** Why an engine cannot be used, in one line; null when it can. */
async function faultOf(engine: EngineName): Promise<string | null> {
  const folder = await mkdtemp(join(tmpdir(), 'taikai-engine-'))
  try {
    const file = join(folder, 'images')
    await writeFile(file, goldenPixels)
    const outcome = await scoreInChild({
      files: engine === 'onnxruntime' ? goldenOnnx : goldenLayers,
      preprocessing: { preset: 'raw', channelOrder: 'rgb', flatOrder: 'hwc' },
      spec: { imageShape: [1, 2, 1], classCount: 2 },
      images: { file, count: 2 },
      training: null,
      engine,
      limits: childLimits(engine, { wallClockMs: 60_000, memoryBytes: 0 }),
      sandbox: openSandbox,
      signal: new AbortController().signal,
      onProgress: () => undefined,
    })
    if (outcome.kind === 'aborted') return 'aborted'
    if (outcome.kind !== 'scored')
      return `${outcome.code} ${oneLine(outcome.params.detail ?? outcome.params.reason)}`.trim()
    const agrees = goldenOutputs.every((value, at) => Math.abs(value - (outcome.outputs[at] ?? 0)) < 1e-3)
    return agrees ? null : `wrong outputs: ${[...outcome.outputs].join(', ')}`
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

const oneLine = (detail: string | number | undefined) =>
  String(detail ?? '')
    .split('\n')[0]
    ?.slice(0, 200) ?? ''
