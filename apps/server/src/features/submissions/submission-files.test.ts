import { afterAll, beforeAll, expect, it } from 'vitest'
import { buildTestApp, type TestApp } from '../../../test/build-test-app.ts'
import { TestClient } from '../../http/test-client.ts'
import { insertScored, registeredStudent, seedRound, signedInInstructor } from '../../http/test-data.ts'

let service: TestApp
let id: string
let owner: TestClient
let stranger: TestClient
beforeAll(async () => {
  service = await buildTestApp()
  const round = await seedRound(service, { visitorsMaySee: true })
  owner = await registeredStudent(service, round)
  stranger = await registeredStudent(service, round)
  const { id: entryId } = (await owner.get(`/api/rounds/${round.slug}/entry`)).json()
  id = await insertScored(service, { round, entryId, public: { correct: 1, total: 30, top5Correct: 30 } })
  const content = { 'model.json': '{"a":1}', "重み (1)'/..\\x.bin": '\u0001\u0002' }
  for (const [position, [name, text]] of Object.entries(content).entries()) {
    const blobKey = `test/file-${position}`
    await service.blobs.put(blobKey, new TextEncoder().encode(text))
    const file = { submissionId: id, position, name, bytes: text.length, sha256: '0'.repeat(64), blobKey }
    await service.prisma.submissionFile.create({ data: file })
  }
})
afterAll(async () => {
  await service.close()
})

const url = (position: number) => `/api/submissions/${id}/files/${position}`

it('come as they were uploaded, for the owner and instructors, as something that no browser shows', async () => {
  for (const client of [owner, await signedInInstructor(service)]) {
    const response = await client.get(url(0))
    expect([response.statusCode, response.body]).toEqual([200, '{"a":1}'])
    expect(response.headers).toMatchObject({
      'content-type': 'application/octet-stream',
      'x-content-type-options': 'nosniff',
      'content-disposition': "attachment; filename*=UTF-8''model.json",
    })
  }
})

it('keep names that no header can hold as they are', async () => {
  const { headers, body } = await owner.get(url(1))
  expect(body).toBe('\u0001\u0002')
  expect(headers['content-disposition']).toBe(
    "attachment; filename*=UTF-8''%E9%87%8D%E3%81%BF%20%281%29%27%2F..%5Cx.bin",
  )
})

it('are nobody else’s', async () => {
  expect((await stranger.get(url(0))).statusCode).toBe(404)
  expect((await new TestClient(service.app).get(url(0))).statusCode).toBe(401)
  expect((await owner.get(url(2))).statusCode).toBe(404)
})
