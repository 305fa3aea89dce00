import { randomUUID } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildTestApp, type TestApp } from '../../../test/build-test-app.ts'
import type { TestClient } from '../../http/test-client.ts'
import { signedInInstructor } from '../../http/test-data.ts'
import { blobsOf, exportZip, postZip, rewritten } from './test-archive.ts'
import { afterContest, holdContest } from './test-round.ts'

let service: TestApp
let teacher: TestClient
let zip: Buffer
beforeAll(async () => {
  service = await buildTestApp({ now: () => afterContest })
  teacher = await signedInInstructor(service)
  zip = await exportZip(teacher, await holdContest(service, teacher))
})
afterAll(async () => {
  await service.close()
})

/** What a failed import must not leave. */
async function everything({ prisma, blobs, config }: TestApp) {
  const keys: string[] = []
  for await (const key of blobs.list('')) keys.push(key)
  const counts = await Promise.all([prisma.round.count(), prisma.dataset.count(), prisma.user.count()])
  const submissions = await prisma.submission.count()
  return { keys: keys.sort(), counts, submissions, uploads: await readdir(join(config.dataDir, 'uploads')) }
}

describe('a zip that is not sound', () => {
  it.each([0.2, 0.7, 0.99])('is refused when it ends after %f of it, and leaves nothing', async (share) => {
    const before = await everything(service)
    const response = await postZip(teacher, zip.subarray(0, Math.floor(zip.length * share)))
    expect([response.statusCode, response.json().code]).toEqual([422, 'ROUND_ARCHIVE_INVALID'])
    expect(await everything(service)).toEqual(before)
  })

  it('is refused when a byte of it is another, and leaves nothing', async () => {
    const before = await everything(service)
    const hostile = Buffer.from(zip)
    const model = hostile.indexOf('model of ')
    hostile[model] = 0x4d
    const response = await postZip(teacher, hostile)
    expect([response.statusCode, response.json().code]).toEqual([422, 'ROUND_ARCHIVE_INVALID'])
    expect(await everything(service)).toEqual(before)
  })

  const isManifest = (name: string) => name === 'manifest.json'
  const first = (list: unknown): object => (Array.isArray(list) ? Object(list[0]) : {})

  it.each<[what: string, detail: string, Parameters<typeof rewritten>[1]]>([
    [
      'an entry twice',
      '(P2002)',
      {
        json: (name, value) =>
          isManifest(name) ? { ...value, entries: [first(value.entries), first(value.entries)] } : value,
      },
    ],
    [
      'a file that belongs to nothing',
      'submissions/extra belongs to nothing',
      { added: { 'submissions/extra': Buffer.from('x') } },
    ],
    [
      'no labels',
      'zip: damaged',
      { blob: (name, bytes) => (name.endsWith('hiddenLabelsBlob') ? null : bytes) },
    ],
    [
      'a label of a class that is none',
      'a label out of range',
      {
        blob: (name, bytes) =>
          name.endsWith('hiddenLabelsBlob') ? new Uint8Array(bytes.length).fill(10) : bytes,
      },
    ],
    [
      'too few images',
      '99 bytes instead of 100',
      { blob: (name, bytes) => (name.endsWith('hiddenImagesBlob') ? bytes.subarray(1) : bytes) },
    ],
    [
      'another model than its sum says',
      'not what its sum says',
      { blob: (name, bytes) => (name.includes('/files/') ? Buffer.from('other') : bytes) },
    ],
    [
      'a member who is nobody',
      'manifest.json: members',
      { json: (name, value) => (isManifest(name) ? { ...value, people: [] } : value) },
    ],
    [
      'more right than there are',
      'rows that contradict',
      {
        json: (name, value) =>
          isManifest(name)
            ? value
            : JSON.parse(JSON.stringify(value).replaceAll('"top5Correct":28', '"top5Correct":1')),
      },
    ],
    [
      'results that are nowhere',
      'manifest.json: standings',
      { json: (name, value) => (isManifest(name) ? { ...value, standings: [] } : value) },
    ],
    [
      'a submission without a live run',
      'live run',
      {
        json: (name, value) =>
          isManifest(name)
            ? value
            : JSON.parse(JSON.stringify(value).replaceAll('"live":true', '"live":false')),
      },
    ],
    ['an unknown field', 'manifest.json', { json: (_name, value) => ({ ...value, admin: true }) }],
  ])('is refused with %s, and leaves nothing', async (_what, detail, changes) => {
    const before = await everything(service)
    const response = await postZip(teacher, rewritten(zip, changes))
    const params = { detail: expect.stringContaining(detail) }
    expect(response.json()).toMatchObject({ status: 422, code: 'ROUND_ARCHIVE_INVALID', params })
    expect(await everything(service)).toEqual(before)
  })

  it('does not overwrite submissions of another round that have its ids', async () => {
    const before = [await everything(service), await blobsOf(service, 'submissions/')]
    const unseen = rewritten(zip, {
      json: (name, value) =>
        isManifest(name) ? { ...value, round: { ...Object(value.round), id: randomUUID() } } : value,
    })
    const response = await postZip(teacher, unseen)
    expect([response.statusCode, response.json().code]).toEqual([422, 'ROUND_ARCHIVE_INVALID'])
    expect([await everything(service), await blobsOf(service, 'submissions/')]).toEqual(before)
  })

  it('is told to be of another version', async () => {
    const newer = rewritten(zip, {
      json: (name, value) => (isManifest(name) ? { ...value, format: 'taikai-round-2' } : value),
    })
    expect((await postZip(teacher, newer)).json()).toMatchObject({ code: 'ROUND_ARCHIVE_NEWER' })
  })

  it('is refused in words when it is any other file', async () => {
    const response = await postZip(teacher, Buffer.from('hello'))
    expect(response.json()).toMatchObject({ code: 'ROUND_ARCHIVE_INVALID', status: 422 })
  })
})
