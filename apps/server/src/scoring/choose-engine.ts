import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  type EngineChoice,
  type EngineName,
  type EngineRefusalCode,
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

/** GraphModels need nothing else than Layers models do. */
type TriedFamily = 'layers' | 'onnx'
type Fault = { code: EngineRefusalCode; detail: string }
type TryEngine = (engine: EngineName, family: TriedFamily) => Promise<{ version: string } | Fault>

/** An engine that was tried and is not used. `detail` is one line for the operator. */
type EngineRefusal = Fault & { engine: EngineName; family: TriedFamily }
export type FoundEngines = {
  preferred: EngineChoice
  /** Of each engine that was tried and works. */
  versions: Partial<Record<EngineName, string>>
  refusals: EngineRefusal[]
}

/**
 * The engines that this worker uses: for Layers models and GraphModels the wanted one, or with `auto` the best that starts and
 * reproduces known outputs; for ONNX always ONNX Runtime, which runs no GraphModels. Each is tried in a process of its own, as a
 * binding that does not fit kills the process. Throws EngineError when none runs Layers models or none GraphModels; without ONNX
 * Runtime, ONNX models wait for another worker.
 */
export async function chooseEngines(
  wanted: 'auto' | EngineName,
  logger: SandboxLogger,
  tryEngine: TryEngine = tryGoldenModel,
): Promise<FoundEngines> {
  const tries = new Map<string, ReturnType<TryEngine>>()
  const versions: FoundEngines['versions'] = {}
  const refusals: EngineRefusal[] = []
  const tryAndTell: TryEngine = async (engine, family) => {
    const result = await tryEngine(engine, family)
    if ('version' in result) {
      // ONNX Runtime names more than itself for Layers models, which it has translated.
      if (family === 'layers' || versions[engine] === undefined) versions[engine] = result.version
    } else {
      refusals.push({ engine, family, ...result })
      logger.info({ engine, family, fault: result.detail }, 'scoring engine is not available here')
    }
    return result
  }
  const tryOnce: TryEngine = (engine, family) => {
    const key = `${engine} ${family}`
    const known = tries.get(key) ?? tryAndTell(engine, family)
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
  const preferred = { layers: layers.engine, graph: graph.engine, onnx: onnx.engine }
  logger.info(preferred, 'scoring engines chosen')
  return { preferred, versions, refusals }
}

async function firstThatWorks(
  candidates: readonly EngineName[],
  family: TriedFamily,
  tryEngine: TryEngine,
): Promise<{ engine: EngineName | null; faults: string[] }> {
  const faults: string[] = []
  for (const engine of candidates) {
    const result = await tryEngine(engine, family)
    if ('version' in result) return { engine, faults }
    faults.push(`${engine}: ${result.detail}`)
  }
  return { engine: null, faults }
}

/** Has the engine score a tiny model whose outputs are known. */
const tryGoldenModel: TryEngine = async (engine, family) => {
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
    if (outcome.kind === 'aborted') return { code: 'NOT_RUNNING', detail: 'aborted' }
    if (outcome.kind !== 'scored') {
      const reason = oneLine(outcome.params.detail ?? outcome.params.reason)
      const code = packageMissing.test(reason) ? 'NOT_INSTALLED' : 'NOT_RUNNING'
      return { code, detail: `${outcome.code} ${reason}`.trim() }
    }
    if (outcome.engineNote !== null) return { code: 'NOT_RUNNING', detail: outcome.engineNote }
    if (goldenOutputs.every((value, at) => Math.abs(value - (outcome.outputs[at] ?? 0)) < 1e-3))
      return { version: outcome.engineVersion }
    return { code: 'WRONG_OUTPUTS', detail: `wrong outputs: ${[...outcome.outputs].join(', ')}` }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** What Node says of an optional package that was not installed, and tfjs-node of its binding that was not downloaded. */
const packageMissing = /cannot find (package|module)|tfjs_binding\.node|could not locate the bindings/i

const oneLine = (detail: string | number | undefined) =>
  String(detail ?? '')
    .split('\n')[0]
    ?.slice(0, 200) ?? ''
