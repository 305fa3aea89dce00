import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { denseH5 } from '@taikai/shared/model/keras/test-hdf5'
import { denseModel } from '@taikai/shared/model/model-fixtures'
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import { batchSize } from './pipes.ts'
import { probeSandbox, type Sandbox } from './sandbox.ts'
import { type ScoringRequest, scoreInChild } from './score-in-child.ts'
import { keepSpareChild, type SpareChild } from './spare-child.ts'
import type { ChildPlan } from './start-child.ts'
import { isRunning, scoringChildren } from './test-children.ts'

const folder = mkdtempSync(join(tmpdir(), 'taikai-spare-test-'))
const imagesFile = join(folder, 'images')
const limits = { wallClockMs: 60_000, cpuSeconds: 60, fairCpuSeconds: 60, memoryBytes: 4e9 }
/** So many batches that the child goes on while its first one is looked at. */
const imageCount = 8000
const anotherWaits = async () => true
let sandbox: Sandbox
let plan: ChildPlan
let spare: SpareChild

beforeAll(async () => {
  writeFileSync(imagesFile, new Uint8Array(imageCount * 4))
  sandbox = await probeSandbox('best-effort', { info: () => undefined, warn: () => undefined })
  plan = { engine: 'wasm', hdf5: true, limits, sandbox }
})
afterEach(() => spare.close())
afterAll(() => rmSync(folder, { recursive: true }))

const run = (request: Partial<ScoringRequest> = {}) =>
  scoreInChild(
    {
      files: denseModel(4, 2),
      preprocessing: { preset: 'raw', channelOrder: 'rgb', flatOrder: 'hwc' },
      spec: { imageShape: [2, 2, 1], classCount: 2 },
      images: { file: imagesFile, count: imageCount },
      training: null,
      engine: 'wasm',
      limits,
      sandbox,
      signal: new AbortController().signal,
      onProgress: () => undefined,
      ...request,
    },
    spare.start,
  )

/** The one child that waits, when the one before it has ended. */
const waiting = () =>
  vi.waitFor(() => {
    const [pid, ...others] = scoringChildren()
    if (pid === undefined || others.length > 0) throw new Error('not one child')
    return pid
  }, 20_000)

/** What the kernel says of a child’s rights. */
function rightsOf(pid: number) {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  const rights = status.split('\n').filter((line) => /^(Uid|Gid|Groups|Cap|NoNewPrivs|Seccomp)/.test(line))
  return {
    rights,
    limits: readFileSync(`/proc/${pid}/limits`, 'utf8'),
    environment: readFileSync(`/proc/${pid}/environ`, 'utf8'),
    ownNetwork: readlinkSync(`/proc/${pid}/ns/net`) !== readlinkSync('/proc/self/ns/net'),
    command: readFileSync(`/proc/${pid}/cmdline`, 'utf8'),
  }
}

describe('a spare child', () => {
  it('is used for one run, and then replaced', async () => {
    spare = keepSpareChild(plan, anotherWaits)
    const first = await waiting()
    let during: number[] = []
    const outcome = await run({
      onProgress: (done) => {
        if (done === batchSize) during = scoringChildren()
      },
    })
    expect(outcome).toMatchObject({ kind: 'scored', engine: 'wasm' })
    expect(during).toContain(first)
    expect(isRunning(first)).toBe(false)
    const second = await waiting()
    expect(second).not.toBe(first)
    expect(await run()).toMatchObject({ kind: 'scored' })
    expect(isRunning(second)).toBe(false)
  })

  it('has its successor started beside a run while another waits for it, else after it', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
    onTestFinished(() => void vi.useRealTimers())
    let waits = false
    spare = keepSpareChild(plan, async () => waits)
    const seconds = () => {
      const counts: number[] = []
      const onProgress = () => {
        vi.advanceTimersByTime(1000)
        counts.push(scoringChildren().length)
      }
      return { counts, onProgress }
    }
    const alone = seconds()
    await run({ onProgress: alone.onProgress })
    expect(new Set(alone.counts)).toEqual(new Set([1]))
    vi.advanceTimersByTime(1000)
    await waiting()
    waits = true
    const followed = seconds()
    await run({ onProgress: followed.onProgress })
    expect([followed.counts.at(0), followed.counts.at(-1)]).toEqual([1, 2])
  })

  it('has the walls of a child that is started for its run', async () => {
    spare = keepSpareChild(plan, anotherWaits)
    const pid = await waiting()
    const seen: ReturnType<typeof rightsOf>[] = []
    const look = (found: () => number[]) => (done: number) => {
      if (done === batchSize) seen.push(...found().map(rightsOf))
    }
    const files = [await denseH5(4, 2)]
    await run({ files, onProgress: look(() => [pid]) })
    // With another limit, one is started cold beside the next spare.
    const next = await waiting()
    const cold = () => scoringChildren().filter((each) => each !== next)
    await run({ files, limits: { ...limits, cpuSeconds: 59 }, onProgress: look(cold) })
    const [warm, fresh] = seen
    if (warm === undefined || fresh === undefined) throw new Error('a child was not seen')
    expect({ ...warm, limits: '' }).toEqual({ ...fresh, limits: '' })
    const processorTime = /^Max cpu time\s+(\d+).*$/m
    expect(warm.limits.replace(processorTime, '')).toBe(fresh.limits.replace(processorTime, ''))
    if (sandbox.limits) expect(processorTime.exec(warm.limits)?.[1]).toBe('60')
  })

  it.each([
    ['another engine', { engine: 'onnxruntime' as const }],
    ['another limit', { limits: { ...limits, memoryBytes: 3e9 } }],
  ])('is left waiting by a run with %s', async (_, request) => {
    spare = keepSpareChild(plan, anotherWaits)
    const pid = await waiting()
    await run(request)
    expect(await waiting()).toBe(pid)
  })

  it.each([
    ['reads HDF5 too where it has loaded the reader', true],
    ['is left waiting by a run with HDF5 where it has not', false],
  ])('%s', async (_, hdf5) => {
    spare = keepSpareChild({ ...plan, hdf5 }, anotherWaits)
    const pid = await waiting()
    expect(await run({ files: [await denseH5(4, 2)] })).toMatchObject({ kind: 'scored' })
    expect(isRunning(pid)).toBe(!hdf5)
  })

  it('sleeps while it waits', async () => {
    spare = keepSpareChild(plan, anotherWaits)
    const pid = await waiting()
    // Every thread sleeps, the main one in reading the request, from descriptor 3.
    const asleep = () => {
      expect(readFileSync(`/proc/${pid}/syscall`, 'utf8')).toMatch(/^\d+ 0x3 /)
      const threads = readdirSync(`/proc/${pid}/task`)
      const states = threads.map((id) => readFileSync(`/proc/${pid}/task/${id}/status`, 'utf8'))
      for (const state of states) expect(state).toMatch(/^State:\s+S/m)
    }
    await vi.waitFor(asleep, { timeout: 50_000 })
  })

  it('is replaced when it dies, but not again and again', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
    onTestFinished(() => void vi.useRealTimers())
    spare = keepSpareChild(plan, anotherWaits)
    const pid = await waiting()
    process.kill(pid, 'SIGKILL')
    while (vi.getTimerCount() === 0) await new Promise((resolve) => setImmediate(resolve))
    expect(scoringChildren()).toEqual([])
    vi.advanceTimersByTime(10_000)
    expect(await waiting()).not.toBe(pid)
  })

  it('is done without by the run that comes after its death', async () => {
    spare = keepSpareChild({ ...plan, sandbox: { ...sandbox, network: ['/nowhere/unshare'] } }, anotherWaits)
    expect(await run()).toMatchObject({ kind: 'scored' })
  })

  it('ends when it is closed, and when its parent dies', async () => {
    spare = keepSpareChild(plan, anotherWaits)
    const pid = await waiting()
    await spare.close()
    expect(isRunning(pid)).toBe(false)
    const script = join(folder, 'parent.mjs')
    const file = new URL('./spare-child.ts', import.meta.url).href
    writeFileSync(
      script,
      `import { keepSpareChild } from ${JSON.stringify(file)}
       keepSpareChild(${JSON.stringify(plan)}, async () => true)
       console.log('waiting')`,
    )
    const parent = spawn(process.execPath, [script], { stdio: ['ignore', 'pipe', 'inherit'] })
    await once(parent.stdout, 'data')
    const pids = scoringChildren(parent.pid)
    expect(pids).toHaveLength(1)
    parent.kill('SIGKILL')
    await vi.waitFor(() => expect(pids.filter(isRunning)).toEqual([]), { timeout: 20_000 })
  })
})
