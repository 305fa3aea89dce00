import { once } from 'node:events'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest'
import { openUpload, uploadBeginning } from '../features/submissions/test-uploads.ts'
import { seedRound } from './test-fixtures.ts'
import { brightPixel, brightPixelImages } from './test-models.ts'
import {
  buildProcessBench,
  type ProcessBench,
  processPatience as patience,
  processTestTimeoutMs as testTimeoutMs,
} from './test-processes.ts'

let bench: ProcessBench
beforeAll(async () => {
  bench = await buildProcessBench()
})
afterEach(() => bench.killAll())
afterAll(() => bench.close())

it('a run whose worker is killed in its middle is scored by the next worker, exactly once', {
  timeout: testTimeoutMs,
}, async () => {
  const {
    ids: [id = ''],
  } = await bench.slowRound(400, 1)

  const first = bench.start('worker')
  await vi.waitFor(async () => expect((await bench.runOf(id)).imagesDone).toBeGreaterThan(0), patience)
  await bench.kill(first)
  expect(await bench.runOf(id)).toMatchObject({ status: 'RUNNING', scores: [] })

  bench.start('worker')
  await vi.waitFor(async () => expect((await bench.runOf(id)).status).toBe('SCORED'), patience)
  const run = await bench.runOf(id)
  expect(run).toMatchObject({ attempt: 2, imagesDone: 400, submission: { status: 'SCORED' } })
  expect(run.scores.map(({ split }) => split).sort()).toEqual(['PRIVATE', 'PUBLIC'])
  expect(await bench.prisma.scoringRun.count({ where: { submissionId: id } })).toBe(1)
})

it('twenty queued submissions are all scored when the worker that began them is killed', {
  timeout: testTimeoutMs,
}, async () => {
  const { scored, scores } = await bench.quickRound(20)
  const first = bench.start('worker')
  await vi.waitFor(async () => expect(await scored()).toBeGreaterThan(0), patience)
  await bench.kill(first)
  expect(await scored()).toBeLessThan(20)

  bench.start('worker')
  await vi.waitFor(async () => expect(await scored()).toBe(20), patience)
  expect(await scores()).toBe(40)
})

it('a server that is killed during an upload leaves neither row nor file once it is back', {
  timeout: testTimeoutMs,
}, async () => {
  const round = await seedRound(bench, { ...brightPixel, ...brightPixelImages(12) })
  const uploads = () => readdir(join(bench.dataDir, 'uploads')).catch(() => [])
  const listening = async () => {
    const child = bench.start('server')
    const [message] = await once(child, 'message')
    return { child, origin: `http://127.0.0.1:${message.port}` }
  }
  const first = await listening()
  const body = JSON.stringify({
    joinCode: round.joinCode,
    name: 'Yuki',
    email: 'yuki@example.test',
    password: 'correct horse battery',
  })
  const registered = await fetch(`${first.origin}/api/register`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: first.origin },
    body,
  })
  expect(registered.status).toBe(201)
  const cookie = registered.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ')

  const submissions = await bench.prisma.submission.count({ where: { roundId: round.id } })
  const request = openUpload(first.origin, { slug: round.slug, headers: { cookie } })
  request.on('error', () => {})
  request.write(uploadBeginning)
  await vi.waitFor(async () => expect(await uploads()).toHaveLength(1), patience)
  await bench.kill(first.child)
  expect(await uploads()).toHaveLength(1)

  await listening()
  expect(await uploads()).toEqual([])
  expect(await bench.prisma.submission.count({ where: { roundId: round.id } })).toBe(submissions)
})
