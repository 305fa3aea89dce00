import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  type EngineChoice,
  type EngineName,
  engineNames,
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

/** Gives an engine's fault with models of a family in one line, or null. GraphModels need nothing else than Layers models do. */
type TryEngine = (engine: EngineName, family: 'layers' | 'onnx') => Promise<string | null>

/**
 * The engines that this worker uses: for Layers models and GraphModels the wanted one, or with `auto` the best that starts and
 * reproduces known outputs; for ONNX always ONNX Runtime, which runs no GraphModels. Each is tried in a process of its own, as a
 * binding that does not fit kills the process. Throws EngineError when none runs Layers models or none GraphModels; without ONNX
 * Runtime, ONNX models wait for another worker.
 */
export async function chooseEngines(
  wanted: 'auto' | EngineName,
  logger: SandboxLogger,
  tryEngine: TryEngine = faultOf,
): Promise<EngineChoice> {
  const tries = new Map<string, Promise<string | null>>()
  const tryOnce: TryEngine = (engine, family) => {
    const key = `${engine} ${family}`
    const known = tries.get(key) ?? tryAndTell(engine, family, logger, tryEngine)
    tries.set(key, known)
    return known
  }
  const [layers, graph, onnx] = await Promise.all([
    firstThatWorks(wanted === 'auto' ? engineNames : [wanted], 'layers', tryOnce),
    firstThatWorks(
      tensorflowEngineNames.filter(
        (name) => name === wanted || wanted === 'auto' || wanted === 'onnxruntime',
      ),
      'layers',
      tryOnce,
    ),
    firstThatWorks(['onnxruntime'], 'onnx', tryOnce),
  ])
  if (layers.engine === null) throw new EngineError(layers.faults)
  if (graph.engine === null) throw new EngineError(graph.faults)
  const chosen = { layers: layers.engine, graph: graph.engine, onnx: onnx.engine }
  logger.info(chosen, 'scoring engines chosen')
  return chosen
}

async function firstThatWorks(
  candidates: readonly EngineName[],
  family: 'layers' | 'onnx',
  tryEngine: TryEngine,
): Promise<{ engine: EngineName | null; faults: string[] }> {
  const faults: string[] = []
  for (const engine of candidates) {
    const fault = await tryEngine(engine, family)
    if (fault === null) return { engine, faults }
    faults.push(`${engine}: ${fault}`)
  }
  return { engine: null, faults }
}

async function tryAndTell(
  engine: EngineName,
  family: 'layers' | 'onnx',
  logger: SandboxLogger,
  tryEngine: TryEngine,
): Promise<string | null> {
  const fault = await tryEngine(engine, family)
  if (fault !== null) logger.info({ engine, family, fault }, 'scoring engine is not available here')
  return fault
}

/** Why an engine cannot be used, in one line; null when it can. */
async function faultOf(engine: EngineName, family: 'layers' | 'onnx'): Promise<string | null> {
  const folder = await mkdtemp(join(tmpdir(), 'taikai-engine-'))
  try {
    const file = join(folder, 'images')
    await writeFile(file, goldenPixels)
    const outcome = await scoreInChild({
      files: family === 'onnx' ? goldenOnnx : goldenLayers,
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
    if (outcome.engineNote !== null) return outcome.engineNote
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
