import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import { buildTestApp, type TestApp } from '../../../test/build-test-app.ts'
import type { Round } from '../../generated/prisma/client.ts'
import type { TestClient } from '../../http/test-client.ts'
import { insertScored, registeredStudent, seedRound, signedInInstructor } from '../../http/test-data.ts'
import { claimNextRun, claimRun, recordProgress } from '../../jobs/runs.repository.ts'
import { insertQueuedRun, wasmOnly } from '../../jobs/test-fixtures.ts'
import { scoreAs, shadowRunOf } from './test-rescores.ts'

let service: TestApp
let teacher: TestClient
let round: Round
let student: TestClient
let entryId: string
let rescored: string
let shadowId: string

beforeAll(async () => {
  service = await buildTestApp()
  teacher = await signedInInstructor(service)
})
afterAll(async () => {
  await service.close()
})
/** A team with a scored submission that is being rescored. */
beforeEach(async () => {
  await service.prisma.scoringRun.deleteMany()
  round = await seedRound(service)
  student = await registeredStudent(service, round, 'Hana')
  entryId = (await student.get(`/api/rounds/${round.slug}/entry`)).json().id
  rescored = await insertScored(service, {
    round,
    entryId,
    public: { correct: 20, total: 30, top5Correct: 30 },
  })
  const started = await teacher.post(`/api/submissions/${rescored}/rescore`)
  expect(started.statusCode, started.body).toBe(201)
  shadowId = (await shadowRunOf(service, rescored)).id
})

const claim = async (runId: string) =>
  (await claimRun(service.prisma, { runId, engines: wasmOnly }))?.claim ?? null

it('participants cannot see it: not in the submission, nor in how many are ahead', async () => {
  const before = (await student.get(`/api/submissions/${rescored}`)).json()
  const { id: waiting } = await insertQueuedRun(service.prisma, round, entryId)
  const position = async () => (await student.get(`/api/submissions/${waiting}`)).json().queuePosition
  expect(await position()).toBe(0)
  await claim(shadowId)
  expect(await position()).toBe(0)
  expect((await student.get(`/api/submissions/${rescored}`)).json()).toEqual(before)
})

it('participants cannot abort it', async () => {
  const cancelled = await student.request('DELETE', `/api/submissions/${rescored}`)
  expect([cancelled.statusCode, cancelled.json().code]).toEqual([409, 'SUBMISSION_FINISHED'])
  expect(await shadowRunOf(service, rescored)).toMatchObject({ status: 'QUEUED' })
})

it('participants hear nothing of it: no topic but the instructors’ moves', async () => {
  const topics: string[] = []
  const unsubscribe = service.events.subscribe(({ topic }) => topics.push(topic))
  const claimed = await claim(shadowId)
  if (claimed === null) throw new Error('the run can be claimed')
  await recordProgress(service.prisma, claimed, 5)
  await service.prisma.$executeRaw`SELECT pg_notify('taikai_events', '{"topic":"last","version":0}')`
  await vi.waitFor(() => expect(topics).toContain('last'))
  unsubscribe()
  const { rescoreId } = await shadowRunOf(service, rescored)
  expect(new Set(topics)).toEqual(new Set([`rescore/${rescoreId}`, 'last']))
})

it('holds up none of its team’s submissions, and is held up by none', async () => {
  const own = await insertQueuedRun(service.prisma, round, entryId)
  expect(await claim(shadowId)).not.toBeNull()
  expect(await claim(own.runId)).not.toBeNull()
  const next = await insertQueuedRun(service.prisma, round, entryId)
  expect(await claim(next.runId)).toBeNull()
})

it('can be claimed while a submission of its team runs', async () => {
  const own = await insertQueuedRun(service.prisma, round, entryId)
  expect(await claim(own.runId)).not.toBeNull()
  expect(await claim(shadowId)).not.toBeNull()
})

it('comes after participants’ runs, whoever was first', async () => {
  const own = await insertQueuedRun(service.prisma, round, entryId)
  const next = async () => (await claimNextRun(service.prisma, { engines: wasmOnly }))?.id
  expect([await next(), await next(), await next()]).toEqual([own.runId, shadowId, undefined])
})

it('changes nothing of the submission when it is scored', async () => {
  const before = (await student.get(`/api/submissions/${rescored}`)).json()
  await scoreAs(service, shadowId, { correct: 1 })
  expect((await student.get(`/api/submissions/${rescored}`)).json()).toEqual(before)
})
