import { once } from 'node:events'
import { errorMessage } from '@taikai/shared/messages/error-message'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { buildTestApp, type TestApp } from '../../../test/build-test-app.ts'
import type { Round } from '../../generated/prisma/client.ts'
import type { TestClient } from '../../http/test-client.ts'
import { registeredStudent } from '../../http/test-data.ts'
import { seedRound } from '../../jobs/test-fixtures.ts'
import { brightPixel, brightPixelImages, brightPixelModel, type TestFile } from '../../jobs/test-models.ts'
import { kept, openUpload, refused, type Upload, unitMeta, uploadBeginning } from './test-uploads.ts'

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

const refuse = (sent: Partial<Upload>) =>
  refused(service, { slug: round.slug, headers: { cookie: student.cookie }, ...sent })

describe('the dates of a round', () => {
  it.each([
    [{ opensAt: null, closesAt: null }, 'ROUND_NOT_SCHEDULED', {}],
    [
      { opensAt: new Date('2999-01-01T00:00:00Z'), closesAt: null },
      'ROUND_NOT_OPEN_YET',
      { opensAt: '2999-01-01T00:00:00.000Z' },
    ],
    [
      { opensAt: new Date(0), closesAt: new Date('2026-01-01T00:00:00Z') },
      'ROUND_CLOSED',
      { closesAt: '2026-01-01T00:00:00.000Z' },
    ],
  ])('%j refuse with %s before anything is read', async (dates, code, params) => {
    await service.prisma.round.update({ where: { id: round.id }, data: dates })
    // Only headers are sent: an answer comes all the same.
    const request = openUpload(service.app.listeningOrigin, {
      slug: round.slug,
      headers: { cookie: student.cookie },
    })
    request.flushHeaders()
    const [response] = await once(request, 'response')
    let body = ''
    for await (const chunk of response) body += chunk
    expect(response.statusCode).toBe(409)
    expect(JSON.parse(body)).toMatchObject({ code, params })
    request.destroy()
    await service.prisma.round.update({
      where: { id: round.id },
      data: { opensAt: new Date(0), closesAt: null },
    })
  })
})

const [json, weights] = brightPixelModel()
if (json === undefined || weights === undefined) throw new Error('the model has two files')
const file = (name: string, content: Uint8Array<ArrayBuffer> | string): TestFile => ({
  name,
  bytes: typeof content === 'string' ? new TextEncoder().encode(content) : content,
})
const edited = (from: string, to: string) =>
  file('model.json', new TextDecoder().decode(json.bytes).replaceAll(from, to))

describe('bad input is refused by name in both languages, and leaves nothing behind', () => {
  it.each<[what: string, status: number, code: Parameters<typeof errorMessage>[0], sent: Partial<Upload>]>([
    ['no files', 422, 'UPLOAD_NO_FILES', { files: [] }],
    [
      '41 MB over a limit of 40 MB',
      413,
      'UPLOAD_TOO_LARGE',
      { files: [file('w.bin', new Uint8Array(41 * 1024 ** 2))] },
    ],
    ['a description that is not JSON', 422, 'UPLOAD_META_INVALID', { meta: '{' }],
    ['a description with an unknown field', 422, 'UPLOAD_META_INVALID', { meta: { ...unitMeta, score: 1 } }],
    ['unknown preprocessing', 422, 'PREPROCESSING_INVALID', { meta: { preprocessing: { preset: 'magic' } } }],
    [
      'a standard deviation of zero',
      422,
      'PREPROCESSING_INVALID',
      { meta: { preprocessing: { preset: 'custom', mean: [0], std: [0] } } },
    ],
    [
      'three means for images of one channel',
      422,
      'PREPROCESSING_INVALID',
      { meta: { preprocessing: { preset: 'custom', mean: [0, 0, 0], std: [1] } } },
    ],
    [
      'statistics that the dataset does not have',
      422,
      'PREPROCESSING_UNAVAILABLE',
      { meta: { preprocessing: { preset: 'standardized' } } },
    ],
    ['a missing shard', 422, 'MODEL_FILES_MISSING', { files: [json] }],
    [
      'a truncated shard',
      422,
      'WEIGHTS_TRUNCATED',
      { files: [json, file('weights.bin', weights.bytes.slice(0, 40))] },
    ],
    [
      'broken JSON',
      422,
      'MODEL_JSON_INVALID',
      { files: [file('model.json', '{"modelTopology": {'), weights] },
    ],
    [
      'a photograph',
      422,
      'MODEL_FORMAT_UNSUPPORTED',
      { files: [file('photo.jpg', Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 0, 16, 74, 70, 73, 70))] },
    ],
    ['an empty file', 422, 'MODEL_FILE_EMPTY', { files: [file('model.json', '')] }],
    [
      'another input shape',
      422,
      'INPUT_SHAPE_MISMATCH',
      { files: [edited('[null,2,2,1]', '[null,3,3,1]'), weights] },
    ],
    [
      '100 outputs',
      422,
      'OUTPUT_SHAPE_MISMATCH',
      {
        files: [edited('3', '100'), file('weights.bin', new Uint8Array(4 * 500))],
      },
    ],
  ])('%s', async (_, status, code, sent) => {
    const before = await kept(service)
    for (const locale of ['ja', 'en'] as const) {
      const problem = await refuse({
        ...sent,
        headers: { cookie: student.cookie, 'accept-language': locale },
      })
      const { title } = errorMessage(code, problem.params, locale)
      expect(problem).toMatchObject({ code, title, status })
    }
    expect(errorMessage(code, {}, 'ja').title).not.toBe(errorMessage(code, {}, 'en').title)
    expect(await kept(service)).toEqual({ ...before, uploads: 0 })
  })

  it('every fault of the preprocessing is told', async () => {
    const meta = { preprocessing: { preset: 'custom', mean: ['a'], std: [-1] } }
    const paths = (await refuse({ meta })).issues?.map((issue) => issue.path)
    expect(paths).toEqual(expect.arrayContaining(['preprocessing.mean', 'preprocessing.std']))
  })

  it('a connection that breaks leaves nothing behind', async () => {
    const before = await kept(service)
    const request = openUpload(service.app.listeningOrigin, {
      slug: round.slug,
      headers: { cookie: student.cookie },
    })
    request.on('error', () => {})
    request.write(uploadBeginning)
    await vi.waitFor(async () => expect((await kept(service)).uploads).toBe(1))
    request.destroy()
    await vi.waitFor(async () => expect(await kept(service)).toEqual({ ...before, uploads: 0 }))
  })
})
