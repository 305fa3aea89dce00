import { randomUUID } from 'node:crypto'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { buildTestApp, type TestApp } from '../../../test/build-test-app.ts'
import { buildWebRoot } from '../../../test/build-web-root.ts'
import { TestClient } from '../../http/test-client.ts'
import { insertScored, registeredStudent, seedRound, signedInInstructor } from '../../http/test-data.ts'
import { writeSignOfLife, writeStopped } from '../../jobs/workers.repository.ts'

const metricsToken = 'a token of the monitoring'
const bearer = { authorization: `Bearer ${metricsToken}` }

let service: TestApp
let visitor: TestClient
let withoutToken: TestApp
let webRoot: string
beforeAll(async () => {
  withoutToken = await buildTestApp()
  webRoot = await buildWebRoot()
  for (const name of ['one', 'two']) await writeFile(join(webRoot, `assets/${name}-abc.js`), 'export {}')
  service = await buildTestApp({ config: { ...withoutToken.config, metricsToken }, webRoot })
  visitor = new TestClient(service.app)
})
afterAll(async () => {
  await service.close()
  await withoutToken.close()
  await rm(webRoot, { recursive: true })
})

/** Samples by name and labels, as Prometheus reads them. */
async function scrape(): Promise<Map<string, number>> {
  const response = await visitor.get('/metrics', bearer)
  expect(response.statusCode, response.body).toBe(200)
  expect(response.headers['content-type']).toMatch(/^text\/plain; version=0\.0\.4/)
  const lines = response.body.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
  return new Map(
    lines.map((line) => {
      const at = line.lastIndexOf(' ')
      return [line.slice(0, at), Number(line.slice(at + 1))]
    }),
  )
}

it('are for the holder of the token only, not for instructors, and not there without one', async () => {
  const round = await seedRound(service)
  const people = [visitor, await registeredStudent(service, round), await signedInInstructor(service)]
  for (const client of people) {
    for (const headers of [{}, { authorization: 'Bearer wrong' }, { authorization: metricsToken }]) {
      const response = await client.get('/metrics', headers)
      expect([response.statusCode, response.json().code]).toEqual([401, 'UNAUTHENTICATED'])
      expect(response.body).not.toContain('taikai_')
    }
  }
  const absent = await withoutToken.app.inject({ url: '/metrics', headers: bearer })
  expect(absent.statusCode).toBe(404)
})

it('tell queue, run times by engine, outcomes by code, and workers', async () => {
  const { prisma } = service
  const round = await seedRound(service)
  const student = await registeredStudent(service, round)
  const { id: entryId } = (await student.get(`/api/rounds/${round.slug}/entry`)).json()
  const now = Date.now()
  const insert = async (change: object) => {
    const submissionId = await insertScored(service, {
      round,
      entryId,
      public: { correct: 1, total: 30, top5Correct: 1 },
    })
    await prisma.scoringRun.updateMany({ where: { submissionId }, data: change })
  }
  const took = (engine: string, seconds: number) =>
    insert({ engine, startedAt: new Date(now - seconds * 1000), finishedAt: new Date(now) })
  await took('wasm', 4)
  await took('wasm', 7.5)
  await took('onnxruntime', 700)
  await insert({ status: 'REJECTED', reasonCode: 'MODEL_TOO_SLOW' })
  await insert({ status: 'FAILED', reasonCode: 'SCORING_INTERRUPTED' })
  await insert({ status: 'FAILED', reasonCode: 'SCORING_INTERRUPTED' })
  const queued = { status: 'QUEUED', finishedAt: null }
  await insert({ ...queued, createdAt: new Date(now - 90_000) })
  await insert({ ...queued, createdAt: new Date(now - 30_000) })
  await insert({ ...queued, live: false })
  const claim = { attempt: 1, claimedBy: 'lab', startedAt: new Date(now), heartbeatAt: new Date(now) }
  await insert({ ...claim, status: 'RUNNING', finishedAt: null })
  const worker = {
    ...{ host: 'lab', pid: 1, engines: [], preferred: { layers: null, graph: null, onnx: null } },
    ...{
      refusals: [],
      gpuName: null,
      taikaiVersion: '1',
      scorerVersion: '1',
      concurrency: 1,
      sandboxMissing: [],
    },
  }
  const [alive, stopped, silent] = [randomUUID(), randomUUID(), randomUUID()]
  for (const id of [alive, stopped, silent]) await writeSignOfLife(prisma, { ...worker, id })
  await writeStopped(prisma, stopped)
  await prisma.worker.update({ where: { id: silent }, data: { heartbeatAt: new Date(now - 300_000) } })

  const samples = await scrape()
  const expected = {
    'taikai_queue_runs{kind="participant",state="queued"}': 2,
    'taikai_queue_runs{kind="participant",state="running"}': 1,
    'taikai_queue_runs{kind="rescore",state="queued"}': 1,
    'taikai_queue_runs{kind="rescore",state="running"}': 0,
    'taikai_run_duration_seconds_bucket{engine="wasm",le="2"}': 0,
    'taikai_run_duration_seconds_bucket{engine="wasm",le="5"}': 1,
    'taikai_run_duration_seconds_bucket{engine="wasm",le="10"}': 2,
    'taikai_run_duration_seconds_bucket{engine="wasm",le="+Inf"}': 2,
    'taikai_run_duration_seconds_sum{engine="wasm"}': 11.5,
    'taikai_run_duration_seconds_count{engine="wasm"}': 2,
    'taikai_run_duration_seconds_bucket{engine="onnxruntime",le="600"}': 0,
    'taikai_run_duration_seconds_count{engine="onnxruntime"}': 1,
    'taikai_runs_finished_total{outcome="rejected",code="MODEL_TOO_SLOW"}': 1,
    'taikai_runs_finished_total{outcome="failed",code="SCORING_INTERRUPTED"}': 2,
    'taikai_runs_finished_total{outcome="scored",code=""}': 3,
    'taikai_workers{state="alive"}': 1,
    'taikai_workers{state="silent"}': 1,
    'taikai_workers{state="stopped"}': 1,
  }
  expect(Object.fromEntries(Object.keys(expected).map((key) => [key, samples.get(key)]))).toEqual(expected)
  expect(samples.get('taikai_queue_oldest_wait_seconds{kind="participant"}')).toBeGreaterThanOrEqual(90)
  expect(samples.get('taikai_process_resident_memory_bytes')).toBeGreaterThan(0)
})

it('count requests by the template of their route, so that no address gets in', async () => {
  const secret = 'JOINCODE-THAT-OPENS-A-ROUND'
  for (let at = 0; at < 3; at++) await visitor.get(`/api/join-codes/${secret}`)
  for (const path of ['/api/no/such', `/join/${secret}`, '/assets/one-abc.js', '/assets/two-abc.js'])
    await visitor.get(path)
  const samples = await scrape()
  const count = (route: string, status: number) =>
    samples.get(
      `taikai_http_request_duration_seconds_count{method="GET",route="${route}",status="${status}"}`,
    )
  expect(count('/api/join-codes/:code', 404)).toBe(3)
  expect(count('other', 404)).toBeGreaterThanOrEqual(1)
  expect(count('other', 200)).toBeGreaterThanOrEqual(1)
  // Files have names of their own with every build.
  expect(count('/assets/*', 200)).toBe(2)
  expect([...samples.keys()].join()).not.toContain(secret)
})
