import type { Submission } from '@taikai/shared/wire/submission'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { buildTestApp, type TestApp } from '../../../test/build-test-app.ts'
import type { Round } from '../../generated/prisma/client.ts'
import { TestClient } from '../../http/test-client.ts'
import { insertScored, registeredStudent, seedRound, signedInInstructor } from '../../http/test-data.ts'
import { insertQueuedRun, seedEntry } from '../../jobs/test-fixtures.ts'
import { insertWorker } from '../../jobs/test-workers.ts'

let service: TestApp
let clock = new Date()
let instructor: TestClient
let student: TestClient
let round: Round
let own: string
let rival: string
beforeAll(async () => {
  service = await buildTestApp({ now: () => clock })
  instructor = await signedInInstructor(service)
  await insertWorker(service.prisma)
})
afterAll(async () => {
  await service.close()
})
beforeEach(async () => {
  clock = new Date()
  await service.prisma.scoringRun.updateMany({
    where: { finishedAt: null },
    data: { status: 'CANCELLED', finishedAt: clock },
  })
  round = await seedRound(service)
  student = await registeredStudent(service, round)
  own = (await student.get(`/api/rounds/${round.slug}/entry`)).json().id
  rival = await seedEntry(service.prisma, round.id, 'Rival')
})

/** Runs of the round that took so many seconds each. */
async function scored(...durations: number[]): Promise<void> {
  for (const seconds of durations) {
    const submissionId = await insertScored(service, {
      ...{ round, entryId: rival, receivedAt: clock },
      public: { correct: 1, total: 30, top5Correct: 1 },
    })
    const startedAt = new Date(clock.getTime() - seconds * 1000)
    await service.prisma.scoringRun.updateMany({ where: { submissionId }, data: { startedAt } })
  }
}
async function read(id: string, client = student): Promise<Submission> {
  return (await client.get(`/api/submissions/${id}`)).json()
}
const running = ({ id, runId }: { id: string; runId: string }, imagesDone: number, seconds: number) =>
  service.prisma.$transaction([
    service.prisma.$executeRaw`
      UPDATE "ScoringRun" SET "status" = 'RUNNING', "imagesDone" = ${imagesDone}, "attempt" = 1, "claimedBy" = 'test',
        "heartbeatAt" = clock_timestamp(), "startedAt" = clock_timestamp() - ${seconds} * interval '1 second' WHERE "id" = ${runId}::uuid`,
    service.prisma.submission.update({ where: { id }, data: { status: 'RUNNING' } }),
  ])

it('what waits is told its place, and a wait once enough runs tell how long one takes', async () => {
  await scored(10, 20, 30, 40)
  // Nothing to compute: they are taken as they came.
  await running(await insertQueuedRun(service.prisma, round, rival, 0), 0, 5)
  await insertQueuedRun(service.prisma, round, rival, 0)
  const { id } = await insertQueuedRun(service.prisma, round, own, 0)
  expect(await read(id)).toMatchObject({ queuePosition: 2, othersHidden: false, expectedSeconds: null })
  await scored(50)
  // Quarter points of 10, 20, 30, 40, 50 are 20 and 40; one worker: two or three turns.
  expect(await read(id)).toMatchObject({ queuePosition: 2, expectedSeconds: { low: 40, high: 120, runs: 5 } })
})

it('what waits is told the place that it will be taken in: after shorter ones and before baselines, whoever came first', async () => {
  // Of 100 images the one takes hours and may be overtaken for half an hour, the other is done at once.
  const long = await insertQueuedRun(service.prisma, round, own, 1e12)
  const baseline = await service.prisma.entry.create({
    data: { roundId: round.id, name: 'Baseline', kind: 'BASELINE' },
  })
  await insertQueuedRun(service.prisma, round, baseline.id, 0)
  expect(await read(long.id)).toMatchObject({ queuePosition: 0 })
  await insertQueuedRun(service.prisma, round, rival, 1e6)
  expect(await read(long.id)).toMatchObject({ queuePosition: 1 })
})

it('what runs is told its images, and the time left at their speed', async () => {
  const queued = await insertQueuedRun(service.prisma, round, own)
  await running(queued, 0, 3)
  expect(await read(queued.id)).toMatchObject({ run: { imagesDone: 0 }, expectedSeconds: null })
  // 20 of 100 images in 100 seconds (and the moment that passes meanwhile): the other 80 take 400.
  await running(queued, 20, 100)
  const { low, high, runs } = (await read(queued.id)).expectedSeconds ?? {}
  expect([low, runs]).toEqual([high, null])
  expect(low).toBeGreaterThanOrEqual(400)
})

it('while others are hidden by a freeze, says that it does not know of them, and no wait', async () => {
  await scored(10, 20, 30, 40, 50)
  await insertQueuedRun(service.prisma, round, rival)
  const { id } = await insertQueuedRun(service.prisma, round, own)
  const freezesAt = new Date(clock.getTime() - 1000)
  await service.prisma.round.update({ where: { id: round.id }, data: { freezesAt } })
  expect(await read(id)).toMatchObject({ queuePosition: 0, othersHidden: true, expectedSeconds: null })
  expect(await read(id, instructor)).toMatchObject({
    queuePosition: 1,
    othersHidden: false,
    expectedSeconds: { runs: 5 },
  })
  // A day after the close nothing of the round waits any more, and other rounds need not be silent for it.
  await service.prisma.round.update({ where: { id: round.id }, data: { closesAt: clock } })
  clock = new Date(clock.getTime() + 25 * 3_600_000)
  expect(await read(id)).toMatchObject({ othersHidden: false })
})

it('a student’s list of what waits holds the own teams’ unfinished submissions, and nothing of others', async () => {
  const first = await insertQueuedRun(service.prisma, round, own)
  const second = await insertQueuedRun(service.prisma, round, own)
  await insertQueuedRun(service.prisma, round, rival)
  const waiting = async (client: TestClient) => (await client.get('/api/me/waiting')).json()
  expect(await waiting(student)).toEqual({ ids: [first.id, second.id] })
  await student.request('DELETE', `/api/submissions/${first.id}`)
  expect(await waiting(student)).toEqual({ ids: [second.id] })
  expect(await waiting(await registeredStudent(service, round))).toEqual({ ids: [] })
  expect(await waiting(instructor)).toEqual({ ids: [] })
  expect(await waiting(new TestClient(service.app))).toMatchObject({ code: 'UNAUTHENTICATED' })
})
