import { readdirSync, readFileSync } from 'node:fs'
import { TaikaiError } from '@taikai/shared/errors'
import { familyOf } from '@taikai/shared/model/model-format'
import { inspectInChild } from '../inspect-in-child.ts'
import type { Sandbox } from '../sandbox.ts'
import { scoreInChild } from '../score-in-child.ts'
import { type Ending, type HostileCase, hostileSpec } from './hostile-case.ts'

export const hostileImages = 40

/** Far below what a worker gives, so that a case which ends with its own code has also shown that it is cheap. */
const inspectionLimits = { wallClockMs: 120_000, cpuSeconds: 15, fairCpuSeconds: 15, memoryBytes: 2e9 }
const scoringLimits = { wallClockMs: 120_000, cpuSeconds: 6, fairCpuSeconds: 6, memoryBytes: 1.2e9 }

export type HostileResult = {
  ending: Ending
  seconds: number
  /** Largest resident memory of the child that inspected or scored, in bytes; 0 where the kernel does not tell. */
  peakBytes: number
}

/**
 * Takes one upload the way that the service does: inspected in a child, and scored in another when it passes. `imagesFile`:
 * 40 packed images of the corpus' shape. Rejects when the machine is at fault.
 */
export async function runHostileCase(
  { files: make }: Pick<HostileCase, 'files'>,
  { sandbox, imagesFile }: { sandbox: Sandbox; imagesFile: string },
): Promise<HostileResult> {
  const files = make()
  const memory = watchChildMemory()
  const startedAt = performance.now()
  try {
    const ending = await endingOf(files, sandbox, imagesFile)
    return { ending, seconds: (performance.now() - startedAt) / 1000, peakBytes: memory.peakBytes() }
  } finally {
    memory.stop()
  }
}

async function endingOf(
  files: ReturnType<HostileCase['files']>,
  sandbox: Sandbox,
  imagesFile: string,
): Promise<Ending> {
  try {
    const { inspection } = await inspectInChild({
      files,
      spec: hostileSpec,
      sandbox,
      limits: inspectionLimits,
    })
    const outcome = await scoreInChild({
      files,
      preprocessing: { preset: 'unit', channelOrder: 'rgb', flatOrder: 'hwc' },
      spec: hostileSpec,
      images: { file: imagesFile, count: hostileImages },
      training: null,
      engine: familyOf(inspection.format) === 'graph' ? 'wasm' : 'onnxruntime',
      limits: scoringLimits,
      sandbox,
      signal: new AbortController().signal,
      onProgress: () => undefined,
    })
    if (outcome.kind === 'scored') return 'SCORED'
    if (outcome.kind === 'rejected') return outcome.code
    throw new Error(`the machine is at fault: ${JSON.stringify(outcome)}`)
  } catch (error) {
    if (error instanceof TaikaiError && error.code !== 'SERVICE_UNAVAILABLE') return error.code
    throw error
  }
}

/** Process ids of this process' scoring children (Linux only; none elsewhere). */
export function scoringChildren(parent = process.pid): number[] {
  if (process.platform !== 'linux') return []
  return readdirSync(`/proc/${parent}/task`)
    .flatMap((thread) => read(`/proc/${parent}/task/${thread}/children`).split(' '))
    .filter((pid) => pid !== '' && read(`/proc/${pid}/cmdline`).includes('scoring-child.js'))
    .map(Number)
}

/** Empty for a process that has ended meanwhile. */
function read(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

/** Looks every few milliseconds at the kernel's own high-water mark of each child. */
function watchChildMemory(): { peakBytes(): number; stop(): void } {
  let peak = 0
  const look = () => {
    for (const pid of scoringChildren()) {
      const [, kibibytes] = /VmHWM:\s+(\d+) kB/.exec(read(`/proc/${pid}/status`)) ?? []
      peak = Math.max(peak, Number(kibibytes ?? 0) * 1024)
    }
  }
  const timer = setInterval(look, 10)
  return { peakBytes: () => peak, stop: () => clearInterval(timer) }
}
