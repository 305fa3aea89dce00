import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { denseH5 } from '@taikai/shared/model/keras/test-hdf5'
import { denseModel, layer, modelFiles, sequential } from '@taikai/shared/model/model-fixtures'
import { zipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import { probeSandbox, type Sandbox } from './sandbox.ts'
import { type ScoringRequest, scoreInChild } from './score-in-child.ts'
import { startChild } from './start-child.ts'
import { isRunning, scoringChildren } from './test-children.ts'

const folder = mkdtempSync(join(tmpdir(), 'taikai-child-test-'))
const imagesFile = join(folder, 'images')
const silent = { info: () => undefined, warn: () => undefined }
let sandbox: Sandbox

beforeAll(async () => {
  writeFileSync(
    imagesFile,
    Uint8Array.from({ length: 4000 * 4 }, (_, at) => at % 256),
  )
  sandbox = await probeSandbox('best-effort', silent)
})
afterAll(() => rmSync(folder, { recursive: true }))

const roomy = { wallClockMs: 60_000, cpuSeconds: 60, fairCpuSeconds: 60, memoryBytes: 4e9 }

/** 2×2×1 images, two classes, and limits that an honest model never meets. */
const run = (request: Partial<ScoringRequest>, start = startChild) =>
  scoreInChild(
    {
      files: denseModel(4, 2),
      preprocessing: { preset: 'raw', channelOrder: 'rgb', flatOrder: 'hwc' },
      spec: { imageShape: [2, 2, 1], classCount: 2 },
      images: { file: imagesFile, count: 40 },
      training: null,
      engine: 'wasm',
      limits: roomy,
      sandbox,
      signal: new AbortController().signal,
      onProgress: () => undefined,
      ...request,
    },
    start,
  )

/** Keeps a core busy for minutes: 32 × 32 positions × 9 × 64 × 64 multiply-accumulates an image. */
const heavy = () => {
  const conv = (name: string) =>
    layer('Conv2D', { name, filters: 64, kernel_size: 3, padding: 'same', use_bias: false })
  const topology = sequential(
    [2, 2, 1],
    layer('UpSampling2D', { size: [16, 16] }),
    conv('a'),
    conv('b'),
    layer('GlobalAveragePooling2D'),
    layer('Dense', { name: 'd', units: 2, use_bias: false }),
  )
  return modelFiles(topology, [
    { name: 'a/kernel', shape: [3, 3, 1, 64] },
    { name: 'b/kernel', shape: [3, 3, 64, 64] },
    { name: 'd/kernel', shape: [64, 2] },
  ])
}
const heavyRun = { files: heavy(), images: { file: imagesFile, count: 4000 } }

describe('a model that runs', () => {
  it('gives its outputs in order, also over several batches', async () => {
    // Kernel rows are pixels: class 0 takes pixel 0, class 1 twice pixel 3, minus 1.
    const files = denseModel(4, 2, {}, [1, 0, 0, 0, 0, 0, 0, 2, 0, -1])
    const progress: number[] = []
    const outcome = await run({ files, onProgress: (done) => progress.push(done) })
    if (outcome.kind !== 'scored') throw new Error(JSON.stringify(outcome))
    const expected = Array.from({ length: 40 }, (_, image) => [image * 4, (image * 4 + 3) * 2 - 1]).flat()
    expect([...outcome.outputs]).toEqual(expected)
    expect(outcome).toMatchObject({ engine: 'wasm', outputKind: 'logits' })
    expect(outcome.imagesPerSecond).toBeGreaterThan(0)
    expect(progress).toEqual([32, 40])
  })

  it.each([
    ['not for TF.js', async () => denseModel(4, 2), false],
    ['for a Keras .h5', async () => [await denseH5(4, 2)], true],
    [
      'for a zip, which may hold one',
      async () => [{ name: 'm.zip', bytes: zipSync({ 'm.h5': (await denseH5(4, 2)).bytes }) }],
      true,
    ],
  ])('is given the reader of HDF5 where it may need it: %s', async (_, files, reader) => {
    const given: boolean[] = []
    const outcome = await run({ files: await files() }, (plan) => {
      given.push(plan.hdf5)
      return startChild(plan)
    })
    expect(outcome.kind).toBe('scored')
    expect(given).toEqual([reader])
  })

  it('runs with no rights that it does not need', async () => {
    const seen: Record<string, string> = {}
    const controller = new AbortController()
    await run({
      ...heavyRun,
      signal: controller.signal,
      onProgress: () => {
        const pid = scoringChildren()[0]
        if (pid !== undefined && seen.status === undefined) {
          seen.status = readFileSync(`/proc/${pid}/status`, 'utf8')
          seen.network = readlinkSync(`/proc/${pid}/ns/net`)
          seen.limits = readFileSync(`/proc/${pid}/limits`, 'utf8')
          seen.environment = readFileSync(`/proc/${pid}/environ`, 'utf8')
        }
        controller.abort()
      },
    })
    expect(seen.environment).toBe('')
    expect(seen.network === readlinkSync('/proc/self/ns/net')).toBe(sandbox.network.length === 0)
    expect(/Max data size\s+4000000000/.test(seen.limits ?? '')).toBe(sandbox.limits)
    expect(/NoNewPrivs:\s+1/.test(seen.status ?? '')).toBe(sandbox.noNewPrivileges)
    if (sandbox.user === null) return
    expect(seen.status).toMatch(new RegExp(`Uid:\\s+${Array(4).fill(sandbox.user.uid).join('\\s+')}`))
    expect(seen.status).toMatch(/CapEff:\s+0+\n/)
    expect(seen.status).toMatch(/Groups:\s*\n/)
  })
})

describe('blame', () => {
  it('outputs that are not finite are the model’s fault, and say no more', async () => {
    const files = denseModel(4, 2, {}, new Float32Array(10).fill(3e38))
    expect(await run({ files })).toEqual({ kind: 'rejected', code: 'OUTPUT_NOT_FINITE', params: {} })
  })

  it('what inspection refuses is refused in the child too', async () => {
    expect(await run({ files: denseModel(5, 2) })).toMatchObject({
      kind: 'rejected',
      code: 'INPUT_SHAPE_MISMATCH',
    })
  })

  it('too much processor time is the model’s fault', async () => {
    const limits = { ...roomy, cpuSeconds: 2 }
    expect(await run({ ...heavyRun, limits })).toEqual({
      kind: 'rejected',
      code: 'MODEL_TOO_SLOW',
      params: {},
    })
  })

  it('too much memory is the model’s fault', async () => {
    const topology = sequential(
      [2, 2, 1],
      layer('UpSampling2D', { size: [1000, 1000] }), // 4 million values an image, 512 MB a batch
      layer('GlobalAveragePooling2D'),
      layer('Dense', { name: 'd', units: 2, use_bias: false }),
    )
    const files = modelFiles(topology, [{ name: 'd/kernel', shape: [1, 2] }])
    const limits = { ...roomy, memoryBytes: 1e9 }
    expect(await run({ files, limits })).toEqual({ kind: 'rejected', code: 'OUT_OF_MEMORY', params: {} })
  })

  it('a limit that lets not even the engine start is the system’s fault', async () => {
    const limits = { ...roomy, memoryBytes: 50e6 }
    expect(await run({ limits })).toMatchObject({ kind: 'failed', code: 'ENGINE_UNAVAILABLE' })
  })

  it('the wall clock alone is the system’s fault', async () => {
    const limits = { ...roomy, wallClockMs: 1000 }
    expect(await run({ ...heavyRun, limits })).toMatchObject({ kind: 'failed', code: 'SCORING_TIMED_OUT' })
  })

  it('the wall clock is the model’s fault when it had the processor for long enough', async () => {
    // As with threads: what all cores may use together is far away, but one core's share was used.
    const limits = { ...roomy, wallClockMs: 8000, fairCpuSeconds: 0.5 }
    expect(await run({ ...heavyRun, limits })).toEqual({
      kind: 'rejected',
      code: 'MODEL_TOO_SLOW',
      params: {},
    })
  })

  it('images that are missing are the system’s fault', async () => {
    expect(await run({ images: { file: imagesFile, count: 5000 } })).toMatchObject({
      kind: 'failed',
      code: 'SCORING_INTERRUPTED',
    })
  })

  it('a kill from outside is the system’s fault', async () => {
    const kill = () => scoringChildren().forEach((pid) => void process.kill(pid, 'SIGKILL'))
    expect(await run({ ...heavyRun, onProgress: kill })).toMatchObject({
      kind: 'failed',
      code: 'SCORING_INTERRUPTED',
    })
  })

  it('the same crash twice is the model’s fault', async () => {
    const crash = () => scoringChildren().forEach((pid) => void process.kill(pid, 'SIGSEGV'))
    expect(await run({ ...heavyRun, onProgress: crash })).toEqual({
      kind: 'rejected',
      code: 'ENGINE_CRASHED',
      params: { detail: 'SIGSEGV' },
    })
  })

  it('a second try after a crash has what is left of the same wall clock', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
    onTestFinished(() => void vi.useRealTimers())
    const pids: number[] = []
    const outcome = await run({
      ...heavyRun,
      onProgress: () => {
        const [pid] = scoringChildren()
        if (pid === undefined) return
        pids.push(pid)
        // Of the 60 s, 45 pass until the first child crashes; the next 20 are too many for the second.
        vi.advanceTimersByTime(pids.length === 1 ? 45_000 : 20_000)
        if (pids.length === 1) process.kill(pid, 'SIGSEGV')
      },
    })
    expect(outcome).toEqual({ kind: 'failed', code: 'SCORING_TIMED_OUT', params: { limitSeconds: 60 } })
    expect(pids).toHaveLength(2)
    expect(new Set(pids).size).toBe(2)
  })

  it('an engine that is not there is the system’s fault', async () => {
    expect(await run({ sandbox: { ...sandbox, network: ['/nowhere/unshare'] } })).toMatchObject({
      kind: 'failed',
      code: 'ENGINE_UNAVAILABLE',
    })
  })
})

describe('ending', () => {
  it('an abort ends the child at once', async () => {
    const controller = new AbortController()
    expect(
      await run({ ...heavyRun, signal: controller.signal, onProgress: () => controller.abort() }),
    ).toEqual({ kind: 'aborted' })
    expect(scoringChildren()).toEqual([])
    expect(await run({ signal: controller.signal })).toEqual({ kind: 'aborted' })
  })

  it('a child does not outlive its parent, however busy it is', async () => {
    const files = heavy().map(({ name, bytes }) => ({ name, base64: Buffer.from(bytes).toString('base64') }))
    const code = `
      import { scoreInChild } from ${JSON.stringify(new URL('./score-in-child.ts', import.meta.url).href)}
      const files = ${JSON.stringify(files)}.map(({ name, base64 }) => ({ name, bytes: Buffer.from(base64, 'base64') }))
      await scoreInChild({ files, preprocessing: { preset: 'raw', channelOrder: 'rgb', flatOrder: 'hwc' },
        spec: { imageShape: [2, 2, 1], classCount: 2 }, images: { file: ${JSON.stringify(imagesFile)}, count: 4000 },
        training: null, engine: 'wasm', limits: ${JSON.stringify(roomy)},
        sandbox: ${JSON.stringify(sandbox)}, signal: new AbortController().signal, onProgress: () => console.log('busy') })`
    const script = join(folder, 'parent.mjs')
    writeFileSync(script, code)
    const parent = spawn(process.execPath, [script], { stdio: ['ignore', 'pipe', 'inherit'] })
    await once(parent.stdout, 'data')
    const pids = scoringChildren(parent.pid)
    expect(pids).toHaveLength(1)
    parent.kill('SIGKILL')
    const alive = () => pids.filter((pid) => isRunning(pid))
    const deadline = Date.now() + 20_000
    while (alive().length > 0 && Date.now() < deadline) await delay(20)
    expect(alive()).toEqual([])
  })
})
