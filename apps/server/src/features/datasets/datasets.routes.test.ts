import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { datasetSchema } from '@taikai/shared/wire/dataset'
import { problemSchema } from '@taikai/shared/wire/problem'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildTestApp, type TestApp } from '../../../test/build-test-app.ts'
import { TestClient } from '../../http/test-client.ts'
import { registeredStudent, seedRound, signedInInstructor } from '../../http/test-data.ts'
import { BlobMissingError } from '../../platform/blob-store.ts'
import { cifarRecord } from './formats/test-files.ts'

let service: TestApp
let instructor: TestClient

beforeAll(async () => {
  service = await buildTestApp()
  await service.blobs.put('sha256/ab/abcd', Buffer.from('of an import that was killed'))
  await service.app.listen({ port: 0, host: '127.0.0.1' })
  instructor = await signedInInstructor(service)
})
afterAll(async () => {
  await service.close()
})

const records = (...values: number[]) =>
  Buffer.concat(values.map((value) => cifarRecord(value % 2, value, 0)))
const meta = { name: 'CIFAR', format: 'cifar10' }

async function post(
  client: TestClient | null,
  sent: { meta?: unknown; hidden?: Uint8Array<ArrayBuffer>; train?: Uint8Array<ArrayBuffer> },
) {
  const body = new FormData()
  body.append('meta', JSON.stringify(sent.meta ?? meta))
  if (sent.hidden) body.append('hidden', new File([sent.hidden], 'test.bin'))
  if (sent.train) body.append('train', new File([sent.train], 'train.bin'))
  const headers = { origin: service.app.listeningOrigin, ...(client && { cookie: client.cookie }) }
  const response = await fetch(new URL('/api/datasets', service.app.listeningOrigin), {
    method: 'POST',
    body,
    headers,
  })
  return { status: response.status, body: await response.json() }
}
const uploadsLeft = async () => readdir(join(service.config.dataDir, 'uploads')).catch(() => [])

describe('a start', () => {
  it('removes what an import that was killed left', async () => {
    await expect(service.blobs.readBytes('sha256/ab/abcd')).rejects.toThrow(BlobMissingError)
  })
})

describe('an import', () => {
  it('is answered, listed, and leaves no upload behind', async () => {
    const { status, body } = await post(instructor, { hidden: records(1, 2, 3, 4), train: records(5, 6) })
    expect([status, body]).toEqual([201, datasetSchema.parse(body)])
    expect(body).toMatchObject({ name: 'CIFAR', version: 1, hiddenCount: 4, trainCount: 2, rounds: [] })
    expect((await instructor.get('/api/datasets')).json().datasets).toContainEqual(body)
    expect(await uploadsLeft()).toEqual([])
  })

  it.each<[string, Parameters<typeof post>[1], number, string]>([
    ['without hidden files', { train: records(1, 2) }, 422, 'UPLOAD_NO_FILES'],
    ['without any files', {}, 422, 'UPLOAD_NO_FILES'],
    [
      'of an unknown format',
      { meta: { ...meta, format: 'zip' }, hidden: records(1) },
      422,
      'UPLOAD_META_INVALID',
    ],
    ['of cut-off records', { hidden: records(1, 2).subarray(1) }, 422, 'DATASET_SIZE_INVALID'],
    [
      'whose training images are among the hidden ones',
      { hidden: records(1, 2, 3, 4), train: records(2, 9) },
      422,
      'DATASET_TRAINING_OVERLAP',
    ],
  ])('%s is refused, and nothing is kept', async (_, sent, status, code) => {
    const before = await service.prisma.dataset.count()
    const refused = await post(instructor, sent)
    expect([refused.status, problemSchema.parse(refused.body).code]).toEqual([status, code])
    expect(await service.prisma.dataset.count()).toBe(before)
    expect(await uploadsLeft()).toEqual([])
  })
})

describe('who is no instructor', () => {
  it('can neither list nor import datasets', async () => {
    const student = await registeredStudent(service, await seedRound(service), 'student')
    const visitor = new TestClient(service.app)
    const before = await service.prisma.dataset.count()
    expect((await student.get('/api/datasets')).statusCode).toBe(403)
    expect((await visitor.get('/api/datasets')).statusCode).toBe(401)
    expect((await post(student, { hidden: records(1, 2, 3, 4) })).status).toBe(403)
    expect((await post(null, { hidden: records(1, 2, 3, 4) })).status).toBe(401)
    expect(await service.prisma.dataset.count()).toBe(before)
  })

  it('cannot use an API key, not even an instructor’s', async () => {
    const key = (await instructor.post('/api/me/api-keys', { name: 'script', expiresInDays: 1 })).json().key
    const response = await new TestClient(service.app).get('/api/datasets', { 'x-api-key': key })
    expect(response.statusCode).toBe(401)
  })
})
