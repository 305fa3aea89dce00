import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildTestApp, type TestApp } from '../../../test/build-test-app.ts'
import type { Round } from '../../generated/prisma/client.ts'
import { TestClient } from '../../http/test-client.ts'
import { signedInInstructor } from '../../http/test-data.ts'
import { createAccount } from '../accounts/accounts.service.ts'
import { readBoard, standingsOf } from '../leaderboard/test-contest.ts'
import { blobsOf, exportZip, importZip, postZip } from './test-archive.ts'
import { afterContest, holdContest, person } from './test-round.ts'

let source: TestApp
let target: TestApp
let teacher: TestClient
let otherTeacher: TestClient
let round: Round
let zip: Buffer

beforeAll(async () => {
  source = await buildTestApp({ now: () => afterContest })
  target = await buildTestApp({ now: () => afterContest })
  teacher = await signedInInstructor(source)
  otherTeacher = await signedInInstructor(target)
  round = await holdContest(source, teacher)
  zip = await exportZip(teacher, round)
})
afterAll(async () => {
  await source.close()
  await target.close()
})

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
  const fresh = await buildTestApp({ now: () => afterContest })
  const instructor = await signedInInstructor(fresh)
  await importZip(instructor, zip)
  const other = await buildTestApp({ now: () => afterContest })
  const next = await signedInInstructor(other)
  expect(await importZip(next, await exportZip(instructor, { slug: 'cup' }))).toMatchObject({
    submissions: 9,
  })
  expect(await readBoard(next, round, 'final')).toEqual(await readBoard(teacher, round, 'final'))
  await fresh.close()
  await other.close()
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
