import { randomUUID } from 'node:crypto'
import { datasetSchema } from '@taikai/shared/wire/dataset'
import { problemSchema } from '@taikai/shared/wire/problem'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildTestApp, type TestApp } from '../../../test/build-test-app.ts'
import { TestClient } from '../../http/test-client.ts'
import { registeredStudent, seedRound, signedInInstructor } from '../../http/test-data.ts'
import { BlobMissingError } from '../../platform/blob-store.ts'
import { storeDataset } from './datasets.service.ts'

let service: TestApp
let instructor: TestClient
beforeAll(async () => {
  service = await buildTestApp()
  instructor = await signedInInstructor(service)
})
afterAll(async () => {
  await service.close()
})

/** Grey images of 1×2 pixels; `values` are those of both pixels. */
const grey = (values: readonly number[], labels: readonly number[]) => ({
  images: Uint8Array.from(values.flatMap((value) => [value, value])),
  labels: Uint8Array.from(labels),
})

/** Class a has two hidden images and one for training, class b three and none. */
function store(train = true) {
  return storeDataset(service, {
    name: randomUUID(),
    actor: { id: null, ipAddress: null },
    imageShape: [1, 2, 1],
    classNames: ['a', 'b'],
    hidden: grey([10, 20, 10, 20, 20], [0, 1, 0, 1, 1]),
    train: train ? grey([99], [0]) : null,
    notes: [],
  })
}

async function code(client: TestClient, url: string): Promise<[number, string]> {
  const response = await client.get(url)
  return [response.statusCode, problemSchema.parse(response.json()).code]
}

describe('the class histogram', () => {
  it('counts hidden and training images of each class', async () => {
    const { id } = await store()
    const response = await instructor.get(`/api/datasets/${id}/histogram`)
    expect(response.json()).toEqual({ hidden: [2, 3], train: [1, 0] })
    const { id: other } = await store(false)
    expect((await instructor.get(`/api/datasets/${other}/histogram`)).json().train).toBeNull()
  })
})

describe('the contact sheet', () => {
  const sheet = async (url: string) => {
    const response = await instructor.get(url)
    expect([response.statusCode, response.headers['content-type']]).toEqual([200, 'image/png'])
    const { data, info } = await sharp(response.rawPayload)
      .extractChannel(0)
      .raw()
      .toBuffer({ resolveWithObject: true })
    return Array.from({ length: info.height }, (_, row) => [
      ...data.subarray(row * info.width, (row + 1) * info.width),
    ])
  }

  it('has a row of images for each class, and white where there are none', async () => {
    const { id } = await store()
    const white = Array(12).fill(255)
    expect(await sheet(`/api/datasets/${id}/contact-sheet.png?part=hidden&perClass=3`)).toEqual([
      [10, 10, 255, 255, 10, 10, 255, 255, 255, 255, 255, 255],
      white,
      white,
      [20, 20, 255, 255, 20, 20, 255, 255, 20, 20, 255, 255],
      white,
      white,
    ])
    const training = await sheet(`/api/datasets/${id}/contact-sheet.png?part=train&perClass=3`)
    expect(training[0]).toEqual([99, 99, 255, 255])
    expect(training[3]).toEqual(Array(4).fill(255))
  })

  it('shows large images smaller', async () => {
    const dataset = await storeDataset(service, {
      name: randomUUID(),
      actor: { id: null, ipAddress: null },
      imageShape: [100, 200, 3],
      classNames: ['a', 'b'],
      hidden: { images: new Uint8Array(4 * 60_000).fill(7), labels: Uint8Array.of(0, 0, 1, 1) },
      train: null,
      notes: [],
    })
    const rows = await sheet(`/api/datasets/${dataset.id}/contact-sheet.png?part=hidden&perClass=2`)
    expect([rows.length, rows[0]?.length]).toEqual([2 * (32 + 2), 2 * (64 + 2)])
    expect(rows[0]?.slice(0, 64)).toEqual(Array(64).fill(7))
  })

  it('is not there without training images, without a part, and for a dataset that is not there', async () => {
    const { id } = await store(false)
    const url = `/api/datasets/${id}/contact-sheet.png`
    expect(await code(instructor, `${url}?part=train`)).toEqual([404, 'NOT_FOUND'])
    expect(await code(instructor, url)).toEqual([400, 'VALIDATION_FAILED'])
    const none = `/api/datasets/${randomUUID()}/contact-sheet.png?part=hidden`
    expect(await code(instructor, none)).toEqual([404, 'NOT_FOUND'])
  })
})

it('shows hidden images and their classes to instructors only', async () => {
  const { id } = await store()
  const round = await seedRound(service, { datasetId: id, visitorsMaySee: true })
  const student = await registeredStudent(service, round)
  const visitor = new TestClient(service.app)
  for (const path of ['histogram', 'contact-sheet.png?part=hidden', 'contact-sheet.png?part=train']) {
    const url = `/api/datasets/${id}/${path}`
    expect(await code(student, url)).toEqual([403, 'FORBIDDEN'])
    expect(await code(visitor, url)).toEqual([401, 'UNAUTHENTICATED'])
  }
})

describe('deleting a dataset', () => {
  const listed = async () =>
    datasetSchema
      .array()
      .parse((await instructor.get('/api/datasets')).json().datasets)
      .map(({ id }) => id)

  it('removes it with its images, but for those that another version shares', async () => {
    const [gone, stays] = [await store(), await store(false)]
    const row = await service.prisma.dataset.findUniqueOrThrow({ where: { id: gone.id } })
    expect((await instructor.request('DELETE', `/api/datasets/${gone.id}`)).statusCode).toBe(204)
    expect(await listed()).toContain(stays.id)
    expect(await listed()).not.toContain(gone.id)
    expect(await service.blobs.readBytes(row.hiddenImagesBlob)).toHaveLength(10)
    const [action] = await service.prisma.auditEvent.findMany({ where: { action: 'dataset.delete' } })
    expect(action).toMatchObject({ subjectId: gone.id, before: { name: gone.name, version: 1 } })
    expect((await instructor.request('DELETE', `/api/datasets/${gone.id}`)).statusCode).toBe(404)

    await instructor.request('DELETE', `/api/datasets/${stays.id}`)
    for (const { id } of await service.prisma.dataset.findMany({
      where: { hiddenImagesBlob: row.hiddenImagesBlob },
    })) {
      await service.prisma.round.deleteMany({ where: { datasetId: id } })
      await instructor.request('DELETE', `/api/datasets/${id}`)
    }
    await expect(service.blobs.readBytes(row.hiddenImagesBlob)).rejects.toThrow(BlobMissingError)
  })

  it('is refused while a round uses it, and to everybody else', async () => {
    const { id } = await store()
    const round = await seedRound(service, { datasetId: id })
    const refused = await instructor.request('DELETE', `/api/datasets/${id}`)
    expect([refused.statusCode, refused.json()]).toMatchObject([
      409,
      { code: 'DATASET_IN_USE', params: { rounds: round.title } },
    ])
    const student = await registeredStudent(service, round)
    expect((await student.request('DELETE', `/api/datasets/${id}`)).statusCode).toBe(403)
    expect((await new TestClient(service.app).request('DELETE', `/api/datasets/${id}`)).statusCode).toBe(401)
    expect(await listed()).toContain(id)
  })
})
