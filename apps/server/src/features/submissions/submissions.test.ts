import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { buildTestApp, type TestApp } from '../../../test/build-test-app.ts'
import type { Round } from '../../generated/prisma/client.ts'
import { TestClient } from '../../http/test-client.ts'
import { buildScore, registeredStudent, signedInInstructor } from '../../http/test-data.ts'
import { scoringQueueName } from '../../jobs/catalogue.ts'
import { claimRun, finishScored } from '../../jobs/runs.repository.ts'
import { seedRound, wasmOnly } from '../../jobs/test-fixtures.ts'
import { brightPixel, brightPixelImages, brightPixelModel } from '../../jobs/test-models.ts'
import { createQueueBackend } from '../../platform/queue.ts'
import { kept, refused, submitted, type Upload } from './test-uploads.ts'

let service: TestApp
let round: Round
let student: TestClient

beforeAll(async () => {
  service = await buildTestApp()
  await service.app.listen({ port: 0, host: '127.0.0.1' })
  round = await seedRound(service, { ...brightPixel, ...brightPixelImages(12) })
})
afterAll(async () => {
  await service.close()
})
beforeEach(async () => {
  student = await registeredStudent(service, round, crypto.randomUUID())
})

const submit = (sent: Partial<Upload> = {}) =>
  submitted(service, { slug: round.slug, headers: { cookie: student.cookie }, ...sent })
async function keyOf(client: TestClient): Promise<string> {
  return (await client.post('/api/me/api-keys', { name: 'script', expiresInDays: 1 })).json().key
}

describe('a submission', () => {
  it('is answered, stored with its files, and queued', async () => {
    const before = await kept(service)
    const meta = {
      label: ' first ',
      note: 'メモ',
      preprocessing: { preset: 'custom', mean: [0], std: [255] },
    }
    const body = await submit({ meta })
    expect(body).toMatchObject({
      roundSlug: round.slug,
      label: 'first',
      note: 'メモ',
      preprocessing: { preset: 'custom', mean: [0], std: [255], channelOrder: 'rgb', flatOrder: 'hwc' },
      status: 'QUEUED',
      files: [{ name: 'model.json' }, { name: 'weights.bin', bytes: 60 }],
      inspection: { format: 'tfjs-layers', parameters: 15, classCount: 3, outputKind: 'probabilities' },
      run: { attempt: 0, imagesDone: 0, imagesTotal: 12 },
      reason: null,
      score: null,
    })
    expect(body.modelSha256).toMatch(/^[0-9a-f]{64}$/)
    expect(await kept(service)).toEqual({ rows: before.rows + 1, files: before.files + 2, uploads: 0 })
    expect(await service.blobs.readBytes(`submissions/${body.id}/1`)).toEqual(brightPixelModel()[1]?.bytes)

    const backend = createQueueBackend(service.config)
    const queue = new backend.Queue(scoringQueueName, backend.options)
    expect((await queue.getJobs(['waiting'])).map(({ data }) => data)).toEqual([{}])
    await queue.close()
  })

  it('names the files beside the model that belong to nothing', async () => {
    const notes = { name: 'history.json', bytes: new TextEncoder().encode('{"loss":[2.3,1.9]}') }
    const body = await submit({ files: [...brightPixelModel(), notes] })
    expect(body.inspection.unusedFiles).toEqual(['history.json'])
    expect((await submit()).inspection.unusedFiles).toBeUndefined()
  })

  it('can be sent by a script with its API key, which no cookie or origin goes with', async () => {
    const key = await keyOf(student)
    const body = await submit({ headers: { 'x-api-key': key } })
    const script = await new TestClient(service.app).get(`/api/submissions/${body.id}`, { 'x-api-key': key })
    expect(script.json()).toMatchObject({ id: body.id, status: 'QUEUED' })
  })

  it('of the same files has the same sum, whatever their order', async () => {
    const first = await submit()
    const second = await submit({ files: brightPixelModel().reverse() })
    expect(second.modelSha256).toBe(first.modelSha256)
  })

  it('knows how many runs are ahead of it', async () => {
    const first = await submit()
    const second = await submit()
    expect(second.queuePosition).toBe(Number(first.queuePosition) + 1)
    await student.request('DELETE', `/api/submissions/${first.id}`)
    const { queuePosition } = (await student.get(`/api/submissions/${second.id}`)).json()
    expect(queuePosition).toBe(first.queuePosition)
  })

  it('is answered with 304 while nothing has changed', async () => {
    const body = await submit()
    const url = `/api/submissions/${body.id}`
    const first = await student.get(url)
    const etag = String(first.headers.etag)
    expect((await student.get(url, { 'if-none-match': etag })).statusCode).toBe(304)
    await service.prisma.scoringRun.updateMany({ where: { submissionId: body.id }, data: { imagesDone: 5 } })
    const changed = await student.get(url, { 'if-none-match': etag })
    expect(changed.json().run.imagesDone).toBe(5)
  })

  it('shows its public score and nothing of the private one', async () => {
    const body = await submit()
    const { id: runId } = await service.prisma.scoringRun.findFirstOrThrow({
      where: { submissionId: body.id },
    })
    const run = await claimRun(service.prisma, { runId, engines: wasmOnly })
    if (run === null) throw new Error('the run can be claimed')
    const result = {
      engine: 'wasm',
      engineVersion: '4',
      scorerVersion: '1',
      splitId: 'split',
      imagesDone: 12,
    }
    await finishScored(service.prisma, run.claim, result, [
      { split: 'PUBLIC', ...buildScore({ correct: 4, total: 6, top5Correct: 6 }) },
      {
        split: 'PRIVATE',
        ...buildScore({ correct: 31337, total: 48271, top5Correct: 40009, crossEntropy: 0.8675309 }),
      },
    ])
    const answer = await student.get(`/api/submissions/${body.id}`)
    expect(answer.json()).toMatchObject({ status: 'SCORED', score: { correct: 4, total: 6 } })
    expect(answer.body).not.toMatch(/31337|48271|40009|8675309/)
  })
})

describe('who may do what', () => {
  it('members and instructors see it and its list, others learn nothing of it', async () => {
    const body = await submit()
    const other = await registeredStudent(service, round, crypto.randomUUID())
    const teacher = await signedInInstructor(service)
    const url = `/api/submissions/${body.id}`
    const list = `/api/rounds/${round.slug}/submissions`
    const idsOf = async (client: TestClient) =>
      (await client.get(list)).json().submissions.map((one: { id: string }) => one.id)

    expect((await student.get(url)).statusCode).toBe(200)
    expect(await idsOf(student)).toEqual([body.id])
    expect((await teacher.get(url)).statusCode).toBe(200)
    expect(await idsOf(teacher)).toContain(body.id)

    for (const method of ['GET', 'DELETE'] as const) {
      const response = await other.request(method, url)
      expect(response.statusCode).toBe(404)
      expect(response.json().code).toBe('NOT_FOUND')
    }
    expect(await idsOf(other)).toEqual([])
    expect((await refused(service, { slug: round.slug, headers: {} })).code).toBe('UNAUTHENTICATED')
    expect((await student.get(url)).json().status).toBe('QUEUED')
  })

  it('a round that one may not see is not there, one that one sees has to be joined', async () => {
    const images = { ...brightPixel, ...brightPixelImages(3) }
    const hidden = await seedRound(service, images)
    expect((await refused(service, { slug: hidden.slug, headers: { cookie: student.cookie } })).code).toBe(
      'NOT_FOUND',
    )
    await service.prisma.round.update({ where: { id: hidden.id }, data: { visitorsMaySee: true } })
    expect((await refused(service, { slug: hidden.slug, headers: { cookie: student.cookie } })).code).toBe(
      'ROUND_NOT_JOINED',
    )
    expect((await student.get(`/api/rounds/${hidden.slug}/submissions`)).json()).toEqual({ submissions: [] })
  })

  it('its members cancel it once', async () => {
    const body = await submit()
    const url = `/api/submissions/${body.id}`
    expect((await student.request('DELETE', url)).json().status).toBe('CANCELLED')
    const again = await student.request('DELETE', url)
    expect(again.statusCode).toBe(409)
    expect(again.json().code).toBe('SUBMISSION_FINISHED')
  })
})
