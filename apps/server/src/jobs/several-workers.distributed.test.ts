import { mkdirSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import {
  buildProcessBench,
  type ProcessBench,
  processPatience as patience,
  processTestTimeoutMs as testTimeoutMs,
} from './test-processes.ts'

// Workers as on machines of their own: each with its own data folder, sharing PostgreSQL, Redis and S3 only.

let bench: ProcessBench
let folders: string
beforeEach(async () => {
  bench = await buildProcessBench()
  folders = await mkdtemp(join(tmpdir(), 'taikai-machines-'))
})
afterEach(async () => {
  await bench.killAll()
  await bench.close()
  await rm(folders, { recursive: true, force: true })
})

function startMachine(name: string, stopSeconds: number) {
  const [DATA_DIR, TMPDIR] = [join(folders, name, 'data'), join(folders, name, 'tmp')]
  mkdirSync(TMPDIR, { recursive: true })
  const settings = { SCORING_CONCURRENCY: '1', SCORING_STOP_S: String(stopSeconds) }
  return bench.start('worker', { DATA_DIR, TMPDIR, ...settings })
}
const isUnderWay = (id: string) =>
  vi.waitFor(async () => {
    const run = await bench.runOf(id)
    expect(run).toMatchObject({ status: 'RUNNING' })
    expect(run.imagesDone).toBeGreaterThan(0)
    return run
  }, patience)

it('of two workers one is killed in a run and one is stopped in another: every run ends exactly once', {
  timeout: testTimeoutMs,
}, async () => {
  const machines = [startMachine('one', 0), startMachine('two', 0)]
  await vi.waitFor(async () => expect(await bench.prisma.worker.count()).toBe(2), patience)
  const slow = await bench.slowRound(400, 2)
  const running = await Promise.all(slow.ids.map(isUnderWay))
  const [killed, stopped] = running.map((run) => ({
    id: run.submissionId,
    machine: machines.find(({ pid }) => run.claimedBy?.includes(`:${pid}:`)),
  }))
  if (!killed?.machine || !stopped?.machine) throw new Error('each run is some worker’s')
  expect(killed.machine).not.toBe(stopped.machine)

  await bench.kill(killed.machine)
  expect(await bench.stop(stopped.machine)).toBe(0)
  expect(await bench.runOf(killed.id)).toMatchObject({ status: 'RUNNING', attempt: 1, scores: [] })
  expect(await bench.runOf(stopped.id)).toMatchObject({ status: 'QUEUED', attempt: 0, scores: [] })

  const quick = await bench.quickRound(6)
  startMachine('three', 0)
  for (const id of slow.ids)
    await vi.waitFor(async () => expect((await bench.runOf(id)).status).toBe('SCORED'), patience)
  await vi.waitFor(async () => expect(await quick.scored()).toBe(6), patience)
  expect(await bench.runOf(killed.id)).toMatchObject({ attempt: 2, imagesDone: 400 })
  expect(await bench.runOf(stopped.id)).toMatchObject({ attempt: 1, imagesDone: 400 })
  expect(await quick.scores()).toBe(12)
  // One result of each run, on both splits: nothing was scored twice.
  expect(await bench.prisma.scoringRun.count()).toBe(8)
  expect(await bench.prisma.score.count()).toBe(16)
})

it('a worker that is told to stop ends the run it has, within its time, and takes no other', {
  timeout: testTimeoutMs,
}, async () => {
  const { ids } = await bench.slowRound(200, 2)
  const machine = startMachine('draining', 120)
  const [first = '', second = ''] = ids
  const taken = await vi.waitFor(async () => {
    const run = [await bench.runOf(first), await bench.runOf(second)].find(({ imagesDone }) => imagesDone > 0)
    if (run === undefined) throw new Error('no run is under way yet')
    return run.submissionId
  }, patience)
  expect(await bench.stop(machine)).toBe(0)
  expect(await bench.runOf(taken)).toMatchObject({ status: 'SCORED', attempt: 1, imagesDone: 200 })
  const other = taken === first ? second : first
  expect(await bench.runOf(other)).toMatchObject({ status: 'QUEUED', attempt: 0 })
})

it('a worker stops by itself when the database becomes another version’s', {
  timeout: testTimeoutMs,
}, async () => {
  const machine = startMachine('old', 0)
  await vi.waitFor(async () => expect(await bench.prisma.worker.count()).toBe(1), patience)
  await bench.prisma.$executeRaw`
    INSERT INTO "_prisma_migrations" ("id", "checksum", "migration_name", "finished_at", "applied_steps_count")
    VALUES ('x', 'x', '99990101000000_later', now(), 1)`
  await vi.waitFor(() => expect(machine.exitCode).toBe(0), patience)
  expect((await bench.prisma.worker.findFirstOrThrow()).stoppedAt).not.toBeNull()
})
