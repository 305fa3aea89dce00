import { describe, expect, it } from 'vitest'
import { childLimits, threadsPerRun, usedCpuSeconds } from './child-limits.ts'

const given = { wallClockMs: 600_000, memoryBytes: 2 ** 31 }

describe('limits of a run', () => {
  it('with one thread, processor time ends a slow model before the wall clock does', () => {
    expect(childLimits('wasm', given, 16)).toEqual({ ...given, cpuSeconds: 480, fairCpuSeconds: 480 })
  })

  it.each(['tensorflow', 'tensorflow-gpu'] as const)(
    '%s may use all cores, and is too slow from one busy core on when the wall clock ends it',
    (engine) => {
      expect(childLimits(engine, given, 4)).toEqual({ ...given, cpuSeconds: 1920, fairCpuSeconds: 480 })
    },
  )

  it('are never less than the kernel can count', () => {
    const short = { wallClockMs: 1000, memoryBytes: 1 }
    expect(childLimits('wasm', short)).toMatchObject({ cpuSeconds: 1, fairCpuSeconds: 0.8 })
  })
})

it.each([
  [1, 8, 8],
  [2, 8, 4],
  [3, 8, 2],
  [8, 8, 1],
  [4, 2, 1],
])('%i runs at once on %i cores have %i threads each', (concurrency, cores, threads) => {
  expect(threadsPerRun(concurrency, cores)).toBe(threads)
})

describe('used processor time', () => {
  it('is what the process itself counts', () => {
    const own = () => (process.cpuUsage().user + process.cpuUsage().system) / 1e6
    const before = own()
    const used = usedCpuSeconds(process.pid)
    const after = own()
    expect(used).toBeGreaterThanOrEqual(before - 0.05)
    expect(used).toBeLessThanOrEqual(after + 0.05)
  })

  it('is unknown of a process that is not there', () => {
    expect(usedCpuSeconds(2 ** 30)).toBeNull()
  })
})
