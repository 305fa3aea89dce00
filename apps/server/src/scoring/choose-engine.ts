import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type EngineName, engineNames } from '@taikai/shared/model/engine-name'
import type { ModelFile } from '@taikai/shared/model/model-file'
import { childLimits } from './child-limits.ts'
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

/** A model so small that its outputs are worked out by hand: two pixels a and b give a + 2b + 0.5 and 3a + 4b − 1. */
const goldenPixels = Uint8Array.of(1, 2, 10, 20)
const goldenOutputs = [5.5, 10, 50.5, 109]
const goldenModel: readonly ModelFile[] = [
  {
    name: 'model.json',
    bytes: Buffer.from(
      JSON.stringify({
        modelTopology: {
          class_name: 'Sequential',
          config: {
            layers: [{ class_name: 'Dense', config: { name: 'd', units: 2, batch_input_shape: [null, 2] } }],
          },
        },
        weightsManifest: [
          {
            paths: ['weights.bin'],
            weights: [
              { name: 'd/kernel', shape: [2, 2], dtype: 'float32' },
              { name: 'd/bias', shape: [2], dtype: 'float32' },
            ],
          },
        ],
      }),
    ),
  },
  { name: 'weights.bin', bytes: new Uint8Array(Float32Array.of(1, 3, 2, 4, 0.5, -1).buffer) },
]

// No limits on memory or processor time: this model is ours, and CUDA maps far more than any model may have.
const openSandbox: Sandbox = { network: [], noNewPrivileges: false, limits: false, user: null, missing: [] }

/**
 * The engine that this worker uses: the wanted one, or with `auto` the best that starts and reproduces known outputs. Each is
 * tried in a process of its own, as a binding that does not fit kills the process. Throws EngineError when none does.
 * `tryEngine` gives an engine's fault in one line, or null.
 */
export async function chooseEngine(
  wanted: 'auto' | EngineName,
  logger: SandboxLogger,
  tryEngine: (engine: EngineName) => Promise<string | null> = faultOf,
): Promise<EngineName> {
  const faults: string[] = []
  for (const engine of wanted === 'auto' ? engineNames : [wanted]) {
    const fault = await tryEngine(engine)
    if (fault === null) {
      logger.info({ engine }, 'scoring engine chosen')
      return engine
    }
    logger.info({ engine, fault }, 'scoring engine is not available here')
    faults.push(`${engine}: ${fault}`)
  }
  throw new EngineError(faults)
}

/** Why an engine cannot be used, in one line; null when it can. */
async function faultOf(engine: EngineName): Promise<string | null> {
  const folder = await mkdtemp(join(tmpdir(), 'taikai-engine-'))
  try {
    const file = join(folder, 'images')
    await writeFile(file, goldenPixels)
    const outcome = await scoreInChild({
      files: goldenModel,
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
