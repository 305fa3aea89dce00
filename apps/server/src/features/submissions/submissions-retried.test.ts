import { randomUUID } from 'node:crypto'
import { request as httpRequest } from 'node:http'
import { inspectModel } from '@taikai/shared/model/inspect'
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import { buildTestApp, type TestApp } from '../../../test/build-test-app.ts'
import type { Round } from '../../generated/prisma/client.ts'
import type { TestClient } from '../../http/test-client.ts'
import { registeredStudent } from '../../http/test-data.ts'
import { seedRound } from '../../jobs/test-fixtures.ts'
import { brightPixel, brightPixelImages, brightPixelModel } from '../../jobs/test-models.ts'
import { kept, refused, submitted, unitMeta } from './test-uploads.ts'

let service: TestApp
let round: Round
let student: TestClient
let clock: Date
/** How many uploads have arrived whole and are being inspected; none goes on until `goOn`. */
let arrived = 0
let goOn: () => void = () => undefined
let mayGoOn: Promise<void> = Promise.resolve()
function holdInspection(): void {
  arrived = 0
  mayGoOn = new Promise((resolve) => {
    goOn = resolve
  })
}

beforeAll(async () => {
  service = await buildTestApp({
    now: () => clock,
    inspect: async (...upload) => {
      arrived += 1
      await mayGoOn
      return inspectModel(...upload)
    },
  })
  await service.app.listen({ port: 0, host: '127.0.0.1' })
})
afterAll(async () => {
  await service.close()
})
beforeEach(async () => {
  clock = new Date('2026-12-04T03:00:00Z')
  mayGoOn = Promise.resolve()
  const { id } = await seedRound(service, { ...brightPixel, ...brightPixelImages(3) })
  round = await service.prisma.round.update({ where: { id }, data: { submissionsPerDay: 2 } })
  student = await registeredStudent(service, round, randomUUID())
})

const keyed = (key: string, client = student) => ({
  slug: round.slug,
  headers: { cookie: client.cookie, 'idempotency-key': key },
})
const slotsLeft = async () =>
  (await student.get(`/api/rounds/${round.slug}/entry`)).json().quota.dayLeft as unknown

/** Sends a whole upload over a connection that breaks before the answer. */
async function sendAndBreak(key: string): Promise<void> {
  const form = new FormData()
  form.append('meta', JSON.stringify(unitMeta))
  for (const { name, bytes } of brightPixelModel()) form.append('files', new File([bytes], name))
  const encoded = new Response(form)
  const request = httpRequest(`${service.app.listeningOrigin}/api/rounds/${round.slug}/submissions`, {
    method: 'POST',
    headers: { ...keyed(key).headers, 'content-type': encoded.headers.get('content-type') ?? '' },
  })
  request.end(Buffer.from(await encoded.arrayBuffer()))
  await vi.waitFor(() => expect(arrived).toBe(1))
  const broken = new Promise((resolve) => request.once('error', resolve))
  request.destroy(new Error('the network is gone'))
  expect(await broken).toEqual(new Error('the network is gone'))
}

it('an upload whose connection broke after it had arrived is one submission when it is sent again', async () => {
  const before = await kept(service)
  const key = randomUUID()
  holdInspection()
  await sendAndBreak(key)
  goOn()
  await vi.waitFor(async () => expect((await kept(service)).rows).toBe(before.rows + 1))
  const again = await submitted(service, keyed(key))
  expect(again).toMatchObject({ status: 'QUEUED', files: [{ name: 'model.json' }, { name: 'weights.bin' }] })
  expect(await kept(service)).toEqual({ rows: before.rows + 1, files: before.files + 2, uploads: 0 })
  expect(await slotsLeft()).toBe(1)
  // The same model sent on purpose once more is another submission.
  expect((await submitted(service, keyed(randomUUID()))).id).not.toBe(again.id)
})

it.each([1, 2])(
  'so it is when it is sent again while the first is still looked at, with %i slots left',
  async (submissionsPerDay) => {
    await service.prisma.round.update({ where: { id: round.id }, data: { submissionsPerDay } })
    const before = await kept(service)
    const key = randomUUID()
    holdInspection()
    await sendAndBreak(key)
    const again = submitted(service, keyed(key))
    await vi.waitFor(() => expect(arrived).toBe(2))
    goOn()
    const { id } = await again
    expect(await kept(service)).toMatchObject({ rows: before.rows + 1, files: before.files + 2 })
    expect(await slotsLeft()).toBe(submissionsPerDay - 1)
    expect((await student.get(`/api/submissions/${id}`)).statusCode).toBe(200)
  },
)

it('what arrived in time is given also when quota and round are over; a key is good for its own entry only', async () => {
  const data = { submissionsPerDay: 1, closesAt: new Date('2026-12-04T04:00:00Z') }
  await service.prisma.round.update({ where: { id: round.id }, data })
  const key = randomUUID()
  const { id } = await submitted(service, keyed(key))
  expect((await submitted(service, keyed(key))).id).toBe(id)
  expect((await refused(service, keyed(randomUUID()))).code).toBe('QUOTA_DAY_USED')
  const other = await registeredStudent(service, round, randomUUID())
  expect((await submitted(service, keyed(key, other))).id).not.toBe(id)
  clock = new Date('2026-12-04T05:00:00Z')
  expect((await submitted(service, keyed(key))).id).toBe(id)
  expect((await refused(service, keyed(randomUUID()))).code).toBe('ROUND_CLOSED')
  expect((await refused(service, keyed('not a key'))).code).toBe('VALIDATION_FAILED')
})
