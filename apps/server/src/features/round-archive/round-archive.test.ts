import { randomUUID } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildTestApp, type TestApp } from '../../../test/build-test-app.ts'
import type { Round } from '../../generated/prisma/client.ts'
import { buildPerson, TestClient } from '../../http/test-client.ts'
import { seedRound, signedInInstructor } from '../../http/test-data.ts'
import { insertQueuedRun } from '../../jobs/test-fixtures.ts'
import { createAccount } from '../accounts/accounts.service.ts'
import {
  addScored,
  addTeam,
  at,
  makeRescoreLive,
  readBoard,
  standingsOf,
} from '../leaderboard/test-contest.ts'
import { addFiles, exportZip, importZip, postZip, rewritten } from './test-archive.ts'

const clock = at(70)
const person = buildPerson({ name: '青木', email: 'aoki@example.test' })
let source: TestApp
let target: TestApp
let teacher: TestClient
let otherTeacher: TestClient
let round: Round
let zip: Buffer

async function member(entryId: string, account: { name: string; email: string; password: string }) {
  const { id } = await createAccount(source.prisma, { ...account, role: 'STUDENT' })
  await source.prisma.entryMember.create({
    data: { entryId, roundId: round.id, userId: id, joinedAt: at(0) },
  })
  return id
}

/**
 * A published round: A and C tie, B was first in public, D's picked submission is disqualified, Out is, a rescore of B went live, one
 * submission is still queued, and a baseline is among them.
 */
async function holdContest(): Promise<void> {
  const { prisma } = source
  round = await seedRound(source, {
    ...{ slug: 'cup', opensAt: at(0), closesAt: at(50), finalPicks: 2, visitorsMaySee: true },
    ...{ rankingNames: 'PSEUDONYM', maxMacs: 5_000_000_000n, requiredLayers: ['Dense'] },
  })
  const [a, b, c, d, out] = [
    await addTeam(source, round, 'A'),
    await addTeam(source, round, 'B'),
    await addTeam(source, round, 'C'),
    await addTeam(source, round, 'D'),
    await addTeam(source, round, 'Out'),
  ]
  const base = await addTeam(source, round, 'Base', 'BASELINE')
  const aoki = await member(a, person)
  await member(a, buildPerson({ name: '馬場' }))
  await member(b, buildPerson({ name: '千葉' }))
  const score = (entryId: string, minute: number, correct: number, privateCorrect: number) =>
    addScored(source, round, entryId, { minute, correct, privateCorrect })
  const ids = {
    a: await score(a, 1, 20, 50),
    aPick: await score(a, 2, 10, 48),
    b: await score(b, 3, 25, 30),
    c: await score(c, 1, 20, 48),
    d: await score(d, 5, 29, 60),
    dOther: await score(d, 6, 12, 33),
    out: await score(out, 7, 30, 70),
    base: await score(base, 0, 15, 40),
  }
  for (const id of Object.values(ids)) await addFiles(source, id)
  const change = (id: string, data: object) => prisma.submission.update({ where: { id }, data })
  await change(ids.aPick, { finalPick: true, submittedById: aoki, label: 'CNN', note: '=1+1' })
  await change(ids.d, { finalPick: true, disqualifiedAt: at(51), disqualifiedReason: 'copied' })
  await prisma.entry.update({
    where: { id: out },
    data: { disqualifiedAt: at(51), disqualifiedReason: 'shared' },
  })
  await makeRescoreLive(source, ids.b, { minute: 52, correct: 25, privateCorrect: 31 })
  await insertQueuedRun(prisma, round, c)
  await prisma.enginePin.create({ data: { roundId: round.id, family: 'layers', engine: 'wasm' } })
  await prisma.announcement.create({ data: { roundId: round.id, body: '# お知らせ' } })
  const published = await teacher.post(`/api/rounds/${round.slug}/publish`, { unfinished: 'ignore' })
  expect(published.statusCode, published.body).toBe(200)
}

beforeAll(async () => {
  source = await buildTestApp({ now: () => clock })
  target = await buildTestApp({ now: () => clock })
  teacher = await signedInInstructor(source)
  otherTeacher = await signedInInstructor(target)
  await holdContest()
  zip = await exportZip(teacher, round)
})
afterAll(async () => {
  await source.close()
  await target.close()
})

async function blobsOf({ blobs }: TestApp, prefix: string) {
  const found: [string, string][] = []
  for await (const key of blobs.list(prefix))
    found.push([key, Buffer.from(await blobs.readBytes(key)).toString('base64')])
  return found.sort()
}

/** What a failed import must not leave. */
async function everything({ prisma, blobs, config }: TestApp) {
  const keys: string[] = []
  for await (const key of blobs.list('')) keys.push(key)
  const counts = await Promise.all([prisma.round.count(), prisma.dataset.count(), prisma.user.count()])
  const submissions = await prisma.submission.count()
  return { keys: keys.sort(), counts, submissions, uploads: await readdir(join(config.dataDir, 'uploads')) }
}

describe('a round on another server', () => {
  it('is what it was: standings, names, picks, files and rules', async () => {
    // One of its people is there already, with a password of their own.
    await createAccount(target.prisma, { ...person, role: 'STUDENT' })
    const visitors = [new TestClient(source.app), new TestClient(target.app)] as const
    expect(await importZip(otherTeacher, zip)).toEqual({
      ...{ slug: 'cup', title: 'Cup', slugWasTaken: false },
      ...{ entries: 6, submissions: 9, peopleMatched: 1, peopleCreated: 2 },
    })
    for (const view of ['public', 'final'] as const) {
      for (const [from, to] of [visitors, [teacher, otherTeacher] as const]) {
        const before = await readBoard(from, round, view)
        expect(await readBoard(to, round, view)).toEqual(before)
        expect(before.rows.length).toBe(5)
      }
    }
    // Of 70 private images; A by its pick, D by what is left of it, B by the rescore.
    expect(standingsOf(await readBoard(otherTeacher, round, 'final'))).toEqual([
      [1, 'C', 48],
      [1, 'A', 48],
      [null, 'Base', 40],
      [3, 'D', 33],
      [4, 'B', 31],
    ])
    for (const prefix of ['submissions/', 'outputs/'])
      expect(await blobsOf(target, prefix)).toEqual(await blobsOf(source, prefix))
    const shown = (client: TestClient) => client.get('/api/rounds/cup').then((response) => response.json())
    const [before, after] = [await shown(teacher), await shown(otherTeacher)]
    expect(after.admin.joinCode).not.toBe(before.admin.joinCode)
    for (const key of ['rules', 'state', 'closesAt', 'publishedAt', 'publicCount', 'title'])
      expect([key, after[key]]).toEqual([key, before[key]])
    const csv = (client: TestClient, name: string) =>
      client.get(`/api/rounds/cup/exports/${name}`).then(({ body }) => body)
    for (const name of ['standings.csv', 'grades.csv?steps=1:100&rest=50'])
      expect(await csv(otherTeacher, name)).toBe(await csv(teacher, name))
    const announcements = await otherTeacher.get('/api/rounds/cup/announcements')
    expect(announcements.json().announcements).toMatchObject([{ body: '# お知らせ' }])
  })

  it('lets people in who have an account there, and nobody by an account that the import made', async () => {
    const { email, password } = person
    const known = new TestClient(target.app)
    expect((await known.post('/api/auth/sign-in/email', { email, password })).statusCode).toBe(204)
    expect((await known.get('/api/rounds/cup/entry')).json()).toMatchObject({ name: 'A' })
    const made = await target.prisma.user.findFirstOrThrow({
      where: { name: '馬場' },
      include: { accounts: true },
    })
    expect(made).toMatchObject({ role: 'STUDENT', accounts: [] })
    const stranger = new TestClient(target.app)
    const refused = await stranger.post('/api/auth/sign-in/email', { email: made.email, password: '' })
    expect(refused.statusCode).toBeGreaterThanOrEqual(400)
  })

  it('queues anew what was on the way', async () => {
    const runs = await target.prisma.scoringRun.findMany({ where: { status: 'QUEUED' } })
    expect(runs).toMatchObject([{ attempt: 0, live: true, claimedBy: null }])
  })

  it('is in the audit log of both', async () => {
    const [exported, imported] = [
      await source.prisma.auditEvent.findFirst({ where: { action: 'round.export' } }),
      await target.prisma.auditEvent.findFirst({ where: { action: 'round.import' } }),
    ]
    expect(exported).toMatchObject({ subjectId: 'cup' })
    expect(imported).toMatchObject({ subjectId: 'cup', after: { submissions: 9, peopleCreated: 2 } })
  })

  it('takes a free address where its own is taken, ids of its own, and the dataset that is there', async () => {
    const datasets = await target.prisma.dataset.count()
    const again = await importZip(otherTeacher, zip)
    expect(again).toMatchObject({ slug: 'cup-2', slugWasTaken: true, peopleMatched: 3, peopleCreated: 0 })
    expect(await importZip(otherTeacher, zip)).toMatchObject({ slug: 'cup-3' })
    expect(await target.prisma.dataset.count()).toBe(datasets)
    const bare = async (slug: string) => {
      const { roundSlug, rows, ...board } = await readBoard(otherTeacher, { ...round, slug }, 'final')
      expect(roundSlug).toBe(slug)
      return { ...board, rows: rows.map(({ entryId: _, ...row }) => row) }
    }
    expect(await bare('cup-2')).toEqual(await bare('cup'))
    const [first, second] = await Promise.all(
      ['cup', 'cup-2'].map((slug) => target.prisma.entry.findMany({ where: { round: { slug } } })),
    )
    const ids = new Set(first?.map(({ id }) => id))
    expect(second?.some(({ id }) => ids.has(id))).toBe(false)
  })
})

it('an exported round whose export was imported is the same zip again, in all that it holds', async () => {
  const fresh = await buildTestApp({ now: () => clock })
  const instructor = await signedInInstructor(fresh)
  await importZip(instructor, zip)
  const other = await buildTestApp({ now: () => clock })
  const next = await signedInInstructor(other)
  expect(await importZip(next, await exportZip(instructor, { slug: 'cup' }))).toMatchObject({
    submissions: 9,
  })
  expect(await readBoard(next, round, 'final')).toEqual(await readBoard(teacher, round, 'final'))
  await fresh.close()
  await other.close()
})

describe('a zip that is not sound', () => {
  it.each([0.2, 0.7, 0.99])('is refused when it ends after %f of it, and leaves nothing', async (share) => {
    const before = await everything(target)
    const response = await postZip(otherTeacher, zip.subarray(0, Math.floor(zip.length * share)))
    expect([response.statusCode, response.json().code]).toEqual([422, 'ROUND_ARCHIVE_INVALID'])
    expect(await everything(target)).toEqual(before)
  })

  it('is refused when a byte of it is another, and leaves nothing', async () => {
    const before = await everything(target)
    const hostile = Buffer.from(zip)
    const model = hostile.indexOf('model of ')
    hostile[model] = 0x4d
    const response = await postZip(otherTeacher, hostile)
    expect([response.statusCode, response.json().code]).toEqual([422, 'ROUND_ARCHIVE_INVALID'])
    expect(await everything(target)).toEqual(before)
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
    const before = await everything(target)
    const response = await postZip(otherTeacher, rewritten(zip, changes))
    const params = { detail: expect.stringContaining(detail) }
    expect(response.json()).toMatchObject({ status: 422, code: 'ROUND_ARCHIVE_INVALID', params })
    expect(await everything(target)).toEqual(before)
  })

  it('does not overwrite submissions of another round that have its ids', async () => {
    const before = [await everything(target), await blobsOf(target, 'submissions/')]
    const unseen = rewritten(zip, {
      json: (name, value) =>
        isManifest(name) ? { ...value, round: { ...Object(value.round), id: randomUUID() } } : value,
    })
    const response = await postZip(otherTeacher, unseen)
    expect([response.statusCode, response.json().code]).toEqual([422, 'ROUND_ARCHIVE_INVALID'])
    expect([await everything(target), await blobsOf(target, 'submissions/')]).toEqual(before)
  })

  it('is told to be of another version', async () => {
    const newer = rewritten(zip, {
      json: (name, value) => (isManifest(name) ? { ...value, format: 'taikai-round-2' } : value),
    })
    expect((await postZip(otherTeacher, newer)).json()).toMatchObject({ code: 'ROUND_ARCHIVE_NEWER' })
  })

  it('is refused in words when it is any other file', async () => {
    const response = await postZip(otherTeacher, Buffer.from('hello'))
    expect(response.json()).toMatchObject({ code: 'ROUND_ARCHIVE_INVALID', status: 422 })
  })
})

it('is not exported or imported by others than instructors', async () => {
  const student = new TestClient(target.app)
  const { email, password } = person
  await student.post('/api/auth/sign-in/email', { email, password })
  for (const [client, status] of [
    [student, 403],
    [new TestClient(target.app), 401],
  ] as const) {
    expect((await client.get('/api/rounds/cup/export.zip')).statusCode).toBe(status)
    expect((await postZip(client, zip)).statusCode).toBe(status)
  }
  expect((await otherTeacher.get(`/api/rounds/${randomUUID()}/export.zip`)).statusCode).toBe(404)
})
