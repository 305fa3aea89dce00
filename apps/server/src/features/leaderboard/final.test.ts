import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { buildTestApp, type TestApp } from '../../../test/build-test-app.ts'
import type { Round } from '../../generated/prisma/client.ts'
import { TestClient } from '../../http/test-client.ts'
import { registeredStudent, seedRound, signedInInstructor } from '../../http/test-data.ts'
import { insertQueuedRun } from '../../jobs/test-fixtures.ts'
import { createPublicCounts } from '../rounds/public-counts.ts'
import { publishStandingsAgain } from './publish.service.ts'
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
/** Closed at minute 50; an entry has two picks. */
beforeEach(async () => {
  clock = at(55)
  round = await seedRound(service, { visitorsMaySee: true, opensAt: at(0), closesAt: at(50), finalPicks: 2 })
})

const team = (name: string) => addTeam(service, round, name)
const score = (entryId: string, input: Parameters<typeof addScored>[3]) =>
  addScored(service, round, entryId, input)
const change = (id: string, data: object) => service.prisma.submission.update({ where: { id }, data })
const pick = (id: string) => change(id, { finalPick: true })
const disqualify = (id: string) => change(id, { disqualifiedAt: at(51), disqualifiedReason: 'copied' })
const publish = (body: object = {}) => instructor.post(`/api/rounds/${round.slug}/publish`, body)
const preview = async () => standingsOf(await readBoard(instructor, round, 'final'))

describe('the final score', () => {
  it('is the "best private score among the entry’s valid picks on their live runs"', async () => {
    const a = await team('A')
    await pick(await score(a, { minute: 1, correct: 5, privateCorrect: 40 }))
    const rescored = await score(a, { minute: 2, correct: 6, privateCorrect: 60 })
    await pick(rescored)
    await score(a, { minute: 3, correct: 30, privateCorrect: 70 })
    expect(await preview()).toEqual([[1, 'A', 60]])
    await makeRescoreLive(service, rescored, { minute: 52, correct: 6, privateCorrect: 30 })
    expect(await preview()).toEqual([[1, 'A', 40]])
  })

  it('"disqualified picks drop out; none left: the default (its best public ones)"', async () => {
    const a = await team('A')
    const picks = [
      await score(a, { minute: 1, correct: 1, privateCorrect: 50 }),
      await score(a, { minute: 2, correct: 2, privateCorrect: 45 }),
    ] as const
    for (const id of picks) await pick(id)
    // The two best public ones; of 25 twice, the earlier is better.
    await score(a, { minute: 3, correct: 25, privateCorrect: 20 })
    await score(a, { minute: 4, correct: 25, privateCorrect: 69 })
    await score(a, { minute: 5, correct: 26, privateCorrect: 10 })
    expect(await preview()).toEqual([[1, 'A', 50]])
    await disqualify(picks[0])
    expect(await preview()).toEqual([[1, 'A', 45]])
    await disqualify(picks[1])
    expect(await preview()).toEqual([[1, 'A', 20]])
  })

  it('"A pick names a submission, scored or not": one that has no score leaves the default', async () => {
    const a = await team('A')
    await score(a, { minute: 1, correct: 20, privateCorrect: 33 })
    const { id } = await insertQueuedRun(service.prisma, round, a)
    await pick(id)
    expect(await preview()).toEqual([[1, 'A', 33]])
  })

  it('"Defaults are recomputed until publish", and not afterwards', async () => {
    const a = await team('A')
    await score(a, { minute: 1, correct: 20, privateCorrect: 30 })
    expect(await preview()).toEqual([[1, 'A', 30]])
    await score(a, { minute: 2, correct: 21, privateCorrect: 31 })
    expect(await preview()).toEqual([[1, 'A', 31]])
    expect((await publish()).statusCode).toBe(200)
    await score(a, { minute: 3, correct: 22, privateCorrect: 32 })
    expect(await preview()).toEqual([[1, 'A', 31]])
  })

  it('never counts what was refused or disqualified, and gives baselines a score without a rank', async () => {
    const a = await team('A')
    await change(await score(a, { minute: 1, correct: 30, privateCorrect: 70 }), { status: 'REJECTED' })
    await service.prisma.scoringRun.updateMany({
      where: { submission: { entryId: a } },
      data: { status: 'REJECTED', reasonCode: 'OUTPUT_NOT_FINITE' },
    })
    const out = await team('Out')
    await score(out, { minute: 1, correct: 30, privateCorrect: 69 })
    await service.prisma.entry.update({
      where: { id: out },
      data: { disqualifiedAt: at(51), disqualifiedReason: 'copied' },
    })
    await score(await addTeam(service, round, 'Linear', 'BASELINE'), {
      minute: 0,
      correct: 9,
      privateCorrect: 22,
    })
    await score(await team('B'), { minute: 5, correct: 8, privateCorrect: 21 })
    expect(await preview()).toEqual([
      [null, 'Linear', 22],
      [1, 'B', 21],
    ])
  })

  it('is by the round’s metric, on the private split', async () => {
    await service.prisma.round.update({ where: { id: round.id }, data: { metric: 'top5-error' } })
    const [a, b] = [await team('A'), await team('B')]
    // Top five: 68 of 70 for B, 69 for A.
    await score(a, { minute: 9, correct: 1, privateCorrect: 69 })
    await score(b, { minute: 1, correct: 29, privateCorrect: 60 })
    const board = await readBoard(instructor, round, 'final')
    expect(board).toMatchObject({ metric: 'top5-error', imageCount: 70, version: null })
    expect(board.rows).toMatchObject([
      { name: 'A', top5Wrong: 1, rank: 1, publicRank: 2 },
      { name: 'B', top5Wrong: 2, rank: 2, publicRank: 1 },
    ])
  })
})

it('shows how the ranks moved from the public split to the private one', async () => {
  const correct = { A: [30, 10], B: [20, 50], C: [20, 60], D: [1, 60] } as const
  for (const [index, [name, [shown, hidden]]] of Object.entries(correct).entries()) {
    await score(await team(name), { minute: index, correct: shown, privateCorrect: hidden })
  }
  await score(await addTeam(service, round, 'Base', 'BASELINE'), {
    minute: 9,
    correct: 25,
    privateCorrect: 55,
  })
  await publish()
  const { rows, version } = await readBoard(visitor, round, 'final')
  expect(version).toBe(1)
  expect(rows.map(({ rank, name, publicRank }) => [rank, name, publicRank])).toEqual([
    [1, 'C', 2],
    [1, 'D', 4],
    [null, 'Base', null],
    [3, 'B', 2],
    [4, 'A', 1],
  ])
})

describe('publishing', () => {
  it('is for a closed round, once', async () => {
    clock = at(49)
    expect((await publish()).json()).toMatchObject({
      code: 'ROUND_TRANSITION_INVALID',
      params: { state: 'open' },
    })
    clock = at(50)
    const published = await publish()
    expect(published.json()).toMatchObject({ state: 'published', publishedAt: at(50).toISOString() })
    expect((await publish()).json()).toMatchObject({
      code: 'ROUND_TRANSITION_INVALID',
      params: { state: 'published' },
    })
    const events = await service.prisma.auditEvent.findMany({ where: { subjectId: round.slug } })
    expect(events).toMatchObject([{ action: 'round.publish', after: { version: 1, unfinishedRuns: 0 } }])
  })

  it('"warns while runs are unfinished, then stores an immutable standings version"', async () => {
    const a = await team('A')
    await score(a, { minute: 1, correct: 20, privateCorrect: 30 })
    await insertQueuedRun(service.prisma, round, a)
    await insertQueuedRun(service.prisma, round, await team('B'))
    const refused = await publish()
    expect([refused.statusCode, refused.json()]).toMatchObject([
      409,
      { code: 'ROUND_RUNS_UNFINISHED', params: { count: 2 } },
    ])
    expect(await service.prisma.standings.count({ where: { roundId: round.id } })).toBe(0)
    expect((await publish({ unfinished: 'ignore' })).statusCode).toBe(200)
    expect(standingsOf(await readBoard(visitor, round, 'final'))).toEqual([[1, 'A', 30]])
    await expect(
      service.prisma.standings.updateMany({ where: { roundId: round.id }, data: { version: 9 } }),
    ).rejects.toThrow('append-only')
    await expect(service.prisma.standings.deleteMany({ where: { roundId: round.id } })).rejects.toThrow(
      'append-only',
    )
  })

  it('"a later rescore publishes a new version", and the first stays', async () => {
    const a = await team('A')
    const id = await score(a, { minute: 1, correct: 20, privateCorrect: 30 })
    const again = () =>
      service.prisma.$transaction((tx) =>
        publishStandingsAgain(tx, round.slug, createPublicCounts(service.blobs), clock),
      )
    expect(await again()).toBeNull()
    await publish()
    expect(standingsOf(await readBoard(visitor, round, 'final'))).toEqual([[1, 'A', 30]])
    await makeRescoreLive(service, id, { minute: 54, correct: 20, privateCorrect: 35 })
    expect(await again()).toBe(2)
    await vi.waitFor(async () => {
      const board = await readBoard(visitor, round, 'final')
      expect([board.version, standingsOf(board)]).toEqual([2, [[1, 'A', 35]]])
    })
    const stored = await service.prisma.standings.findMany({
      where: { roundId: round.id },
      orderBy: { version: 'asc' },
    })
    expect(stored).toMatchObject([
      { version: 1, leaderboard: { rows: [{ correct: 30 }], version: 1 } },
      { version: 2, leaderboard: { rows: [{ correct: 35 }], version: 2 } },
    ])
  })

  it('is new after every change of what it was made from: a disqualification, and its end', async () => {
    const [a, b] = [await team('A'), await team('B')]
    const best = await score(a, { minute: 1, correct: 20, privateCorrect: 30 })
    await score(b, { minute: 2, correct: 10, privateCorrect: 20 })
    await publish()
    const board = async () => {
      const { version, rows } = await readBoard(instructor, round, 'final')
      return [version, rows.map(({ rank, name }) => [rank, name])]
    }
    const url = `/api/submissions/${best}/disqualify`
    expect((await instructor.post(url, { reason: 'copied' })).statusCode).toBe(200)
    await vi.waitFor(async () => expect(await board()).toEqual([2, [[1, 'B']]]))
    expect((await instructor.request('DELETE', url)).statusCode).toBe(200)
    const both = [
      [1, 'A'],
      [2, 'B'],
    ]
    await vi.waitFor(async () => expect(await board()).toEqual([3, both]))
    const ofEntry = `/api/rounds/${round.slug}/entries/${b}/disqualification`
    expect((await instructor.post(ofEntry, { reason: 'copied' })).statusCode).toBe(200)
    await vi.waitFor(async () => expect(await board()).toEqual([4, [[1, 'A']]]))
  })

  it('is what everybody waits for: before it only instructors see the final ranking', async () => {
    await score(await team('A'), { minute: 1, correct: 20, privateCorrect: 30 })
    const student = await registeredStudent(service, round)
    for (const path of ['leaderboard', 'leaderboard.csv']) {
      const url = `/api/rounds/${round.slug}/${path}?view=final`
      for (const client of [visitor, student]) {
        const response = await client.get(url)
        expect([response.statusCode, response.json().code]).toEqual([404, 'ROUND_NOT_PUBLISHED'])
      }
      expect((await instructor.get(url)).statusCode).toBe(200)
    }
    await publish()
    const csv = await student.get(`/api/rounds/${round.slug}/leaderboard.csv?view=final`)
    expect(csv.headers['content-disposition']).toContain(`${round.slug}-final-leaderboard.csv`)
    expect(csv.body).toContain('1,A,TEAM,0,30,70,')
  })
})
