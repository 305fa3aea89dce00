import { afterAll, beforeAll, expect, it } from 'vitest'
import { buildTestApp, type TestApp } from '../../../test/build-test-app.ts'
import type { Round } from '../../generated/prisma/client.ts'
import type { TestClient } from '../../http/test-client.ts'
import { registeredStudent, seedRound } from '../../http/test-data.ts'
import { claimRun } from '../../jobs/runs.repository.ts'
import { insertQueuedRun, wasmOnly } from '../../jobs/test-fixtures.ts'
import { insertWorker, silence } from '../../jobs/test-workers.ts'

let service: TestApp
let student: TestClient
let round: Round
let queued: { id: string; runId: string }
beforeAll(async () => {
  service = await buildTestApp()
  round = await seedRound(service)
  student = await registeredStudent(service, round)
  const { id: entryId } = (await student.get(`/api/rounds/${round.slug}/entry`)).json()
  queued = await insertQueuedRun(service.prisma, round, entryId)
})
afterAll(async () => {
  await service.close()
})

/** What the student reads of the submission, by itself and in the list. */
async function read() {
  const one = (await student.get(`/api/submissions/${queued.id}`)).json()
  const [listed] = (await student.get(`/api/rounds/${round.slug}/submissions`)).json().submissions
  expect(listed).toEqual(one)
  return one
}

it('a student whose submission waits is told when no worker could score it, and nothing else', async () => {
  const { prisma } = service
  expect(await read()).toMatchObject({ status: 'QUEUED', noWorker: true })

  const worker = await insertWorker(prisma, { host: 'secret-host', gpuName: 'secret-gpu' })
  const answer = await read()
  expect(answer.noWorker).toBe(false)
  expect(JSON.stringify(answer)).not.toContain('secret')

  await prisma.enginePin.create({ data: { roundId: round.id, family: 'layers', engine: 'tensorflow' } })
  expect((await read()).noWorker).toBe(true)
  const other = await insertWorker(prisma, { engines: [{ name: 'tensorflow', version: '1' }] })
  expect((await read()).noWorker).toBe(false)
  await silence(prisma, other, 119)
  expect((await read()).noWorker).toBe(false)
  await silence(prisma, other, 121)
  expect((await read()).noWorker).toBe(true)

  await prisma.enginePin.deleteMany()
  await claimRun(prisma, { runId: queued.runId, engines: wasmOnly, workerId: worker })
  await silence(prisma, worker, 121)
  expect(await read()).toMatchObject({ status: 'RUNNING', noWorker: false })
})
