import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import { buildTestApp, type TestApp } from '../../../test/build-test-app.ts'
import type { Round } from '../../generated/prisma/client.ts'
import { TestClient } from '../../http/test-client.ts'
import { registeredStudent, seedRound, signedInInstructor } from '../../http/test-data.ts'
import { insertQueuedRun } from '../../jobs/test-fixtures.ts'
import { notify } from '../../platform/events.ts'
import { addScored, addTeam, at, makeRescoreLive, readBoard, standingsOf } from './test-contest.ts'

let clock: Date
let service: TestApp
let visitor: TestClient
let instructor: TestClient
let round: Round
beforeAll(async () => {
  service = await buildTestApp({ now: () => clock })
  visitor = new TestClient(service.app)
  instructor = await signedInInstructor(service)
})
afterAll(async () => {
  await service.close()
})
/** Opens at minute 0, freezes at 30, closes at 50. */
beforeEach(async () => {
  clock = at(31)
  round = await seedRound(service, {
    visitorsMaySee: true,
    opensAt: at(0),
    freezesAt: at(30),
    closesAt: at(50),
  })
})

const score = (entryId: string, input: Parameters<typeof addScored>[3]) =>
  addScored(service, round, entryId, input)

it('"The frozen ranking holds submissions received before freezeAt, even if scored later."', async () => {
  const [a, b] = [await addTeam(service, round, 'A'), await addTeam(service, round, 'B')]
  await score(a, { minute: 10, correct: 10 })
  const lastMoment = await score(a, { minute: 29, correct: 20 })
  await service.prisma.submission.update({
    where: { id: lastMoment },
    data: { receivedAt: new Date(at(30).getTime() - 1) },
  })
  await service.prisma.scoringRun.updateMany({
    where: { submissionId: lastMoment },
    data: { finishedAt: at(45) },
  })
  await score(a, { minute: 30, correct: 30 })
  await score(b, { minute: 31, correct: 29 })
  clock = at(46)
  const board = await readBoard(visitor, round)
  expect(standingsOf(board)).toEqual([[1, 'A', 20]])
  expect(board.frozenAt).toBe(at(30).toISOString())
  const live = await readBoard(instructor, round)
  expect(standingsOf(live)).toEqual([
    [1, 'A', 30],
    [2, 'B', 29],
  ])
  expect(live.frozenAt).toBeNull()
})

it('"Hidden from others also: counts, times, charts, events, metrics", in the CSV too', async () => {
  const a = await addTeam(service, round, 'A')
  await score(a, { minute: 10, correct: 10, parameters: 111 })
  await score(a, { minute: 40, correct: 27, parameters: 7777 })
  clock = at(41)
  const student = await registeredStudent(service, round)
  for (const client of [visitor, student]) {
    const board = await readBoard(client, round)
    expect(board.submissionCount).toBe(1)
    expect(board.rows).toMatchObject([
      { submissionCount: 1, parameters: 111, receivedAt: at(10).toISOString() },
    ])
    const { body } = await client.get(`/api/rounds/${round.slug}/leaderboard.csv`)
    expect(body).toContain(',111,')
    for (const later of ['7777', '0.9', at(40).toISOString()]) expect(body).not.toContain(later)
  }
  expect(await readBoard(instructor, round)).toMatchObject({ submissionCount: 2 })
  const { body } = await instructor.get(`/api/rounds/${round.slug}/leaderboard.csv`)
  expect(body).toContain('7777')
})

it('"Disqualification acts at once", of a submission and of an entry', async () => {
  const [a, b] = [await addTeam(service, round, 'A'), await addTeam(service, round, 'B')]
  const best = await score(a, { minute: 10, correct: 20 })
  await score(a, { minute: 11, correct: 15 })
  await score(b, { minute: 12, correct: 18 })
  const disqualified = { disqualifiedAt: at(40), disqualifiedReason: 'copied' }
  await service.prisma.submission.update({ where: { id: best }, data: disqualified })
  expect(standingsOf(await readBoard(visitor, round))).toEqual([
    [1, 'B', 18],
    [2, 'A', 15],
  ])
  await service.prisma.$transaction(async (tx) => {
    await tx.entry.update({ where: { id: b }, data: disqualified })
    await notify(tx, { topic: `leaderboard/${round.slug}` })
  })
  await vi.waitFor(async () => {
    const board = await readBoard(visitor, round)
    expect(standingsOf(board)).toEqual([[1, 'A', 15]])
    expect(board.submissionCount).toBe(2)
  })
})

it('"rescores at unfreeze": until then the run that was live at the freeze counts', async () => {
  const a = await addTeam(service, round, 'A')
  const before = await score(a, { minute: 10, correct: 10 })
  await makeRescoreLive(service, before, { minute: 20, correct: 12 })
  const after = await score(await addTeam(service, round, 'B'), { minute: 11, correct: 11 })
  await makeRescoreLive(service, after, { minute: 40, correct: 29 })
  clock = at(41)
  expect(standingsOf(await readBoard(visitor, round))).toEqual([
    [1, 'A', 12],
    [2, 'B', 11],
  ])
  const unfrozen = [
    [1, 'B', 29],
    [2, 'A', 12],
  ]
  expect(standingsOf(await readBoard(instructor, round))).toEqual(unfrozen)
  await instructor.request('PATCH', `/api/rounds/${round.slug}`, { freezesAt: null })
  expect(standingsOf(await readBoard(visitor, round))).toEqual(unfrozen)
})

it('"it stays frozen after close until unfrozen or published"', async () => {
  await score(await addTeam(service, round, 'A'), { minute: 40, correct: 10 })
  clock = at(59)
  expect(await readBoard(visitor, round)).toMatchObject({ rows: [], submissionCount: 0 })
  const published = await instructor.post(`/api/rounds/${round.slug}/publish`, {})
  expect(published.statusCode, published.body).toBe(200)
  expect(await readBoard(visitor, round)).toMatchObject({
    rows: [{ name: 'A' }],
    submissionCount: 1,
    frozenAt: null,
  })
})

it('"An entry sees its own later public scores" on its own submissions', async () => {
  const student = await registeredStudent(service, round, 'Hana')
  const { id: entryId } = (await student.get(`/api/rounds/${round.slug}/entry`)).json()
  const later = await score(entryId, { minute: 40, correct: 27 })
  clock = at(41)
  expect((await student.get(`/api/submissions/${later}`)).json().score.correct).toBe(27)
  expect((await readBoard(student, round)).rows).toEqual([])
})

it('"counts" of others stay hidden in the queue as well: an entry’s place is among its own', async () => {
  const rival = await addTeam(service, round, 'A')
  const student = await registeredStudent(service, round, 'Hana')
  const { id: entryId } = (await student.get(`/api/rounds/${round.slug}/entry`)).json()
  await insertQueuedRun(service.prisma, round, rival)
  await insertQueuedRun(service.prisma, round, entryId)
  await insertQueuedRun(service.prisma, round, rival)
  const { id } = await insertQueuedRun(service.prisma, round, entryId)
  const placeFor = async (client: TestClient) =>
    (await client.get(`/api/submissions/${id}`)).json().queuePosition
  expect([await placeFor(student), await placeFor(instructor)]).toEqual([1, 3])
  clock = at(29)
  expect(await placeFor(student)).toBe(3)
})

it('freezes by the clock, whatever was asked for and kept before, and stands still then', async () => {
  const a = await addTeam(service, round, 'A')
  await score(a, { minute: 10, correct: 10 })
  const url = `/api/rounds/${round.slug}/leaderboard`
  clock = at(29)
  expect(await readBoard(visitor, round)).toMatchObject({ frozenAt: null, submissionCount: 1 })
  clock = at(30)
  const { headers, statusCode } = await visitor.get(url)
  expect(statusCode).toBe(200)
  const etag = String(headers.etag)
  await score(a, { minute: 35, correct: 25 })
  await notify(service.prisma, { topic: `leaderboard/${round.slug}` })
  await vi.waitFor(async () =>
    expect(standingsOf(await readBoard(instructor, round))).toEqual([[1, 'A', 25]]),
  )
  expect((await visitor.get(url, { 'if-none-match': etag })).statusCode).toBe(304)
})
