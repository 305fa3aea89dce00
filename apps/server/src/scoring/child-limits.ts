import { readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import type { EngineName } from '@taikai/shared/model/engine-name'

export type ChildLimits = {
  wallClockMs: number
  /** Processor time of all threads together, after which the kernel ends the child: its model is too slow. */
  cpuSeconds: number
  /**
   * What a child that the wall clock ends must have had of processor time for its model to be too slow. One that had less was
   * kept waiting by the machine.
   */
  fairCpuSeconds: number
  memoryBytes: number
}

/** Part of the wall clock that one core's work may fill: the rest is for the start, and for a machine with other work. */
const fairShare = 0.8

/**
 * Limits for one run. A model that keeps one core busy for four fifths of the wall clock is too slow under every engine:
 * with one thread the kernel says so first. An engine with threads may use that on all cores; how many a model really
 * keeps busy depends on its layers (an RNN: about one), so what it has used decides when the wall clock ends it.
 */
export function childLimits(
  engine: EngineName,
  { wallClockMs, memoryBytes }: Pick<ChildLimits, 'wallClockMs' | 'memoryBytes'>,
  cores: number = availableParallelism(),
): ChildLimits {
  const fairCpuSeconds = (fairShare * wallClockMs) / 1000
  const cpuSeconds = Math.max(1, Math.floor(fairCpuSeconds * (engine === 'wasm' ? 1 : cores)))
  return { wallClockMs, cpuSeconds, fairCpuSeconds, memoryBytes }
}

/** Threads for each run of a worker that has so many at once: together as many as there are cores. */
export function threadsPerRun(concurrency: number, cores: number = availableParallelism()): number {
  return Math.max(1, Math.floor(cores / concurrency))
}

/**
 * Processor time that a process has used on all its threads, in seconds: utime and stime of proc_pid_stat(5), in ticks that
 * Linux shows as 1/100 s on every machine. Null where there is no /proc, or no process.
 */
export function usedCpuSeconds(pid: number | undefined): number | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
    // The second field, the name, may hold spaces and brackets; utime and stime are the 14th and 15th.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return (Number(fields[11]) + Number(fields[12])) / 100
  } catch {
    return null
  }
}
