import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import { buildTestApp, type TestApp } from '../../../test/build-test-app.ts'
import type { Round } from '../../generated/prisma/client.ts'
import { TestClient } from '../../http/test-client.ts'
import { insertScored, registeredStudent, seedDataset, seedRound } from '../../http/test-data.ts'
import { insertQueuedRun } from '../../jobs/test-fixtures.ts'
import { notify } from '../../platform/events.ts'
import { createBaselineEntry } from '../entries/entries.service.ts'

let service: TestApp
let visitor: TestClient
let round: Round
beforeAll(async () => {
  service = await buildTestApp()
  visitor = new TestClient(service.app)
})
afterAll(async () => {
  await service.close()
})
beforeEach(async () => {
  round = await seedRound(service, { visitorsMaySee: true })
})

const at = (minute: number) => new Date(Date.UTC(2026, 10, 23, 9, minute))

async function team(name: string): Promise<string> {
  return (await service.prisma.entry.create({ data: { roundId: round.id, name } })).id
}
function score(entryId: string, correct: number, minute: number, extra: object = {}) {
  const total = 30
  return insertScored(service, {
    round,
    entryId,
    receivedAt: at(minute),
    public: { correct, total, top5Correct: Math.max(correct, 28) },
    ...extra,
  })
}
async function ranking() {
  const response = await visitor.get(`/api/rounds/${round.slug}/leaderboard`)
  expect(response.statusCode, response.body).toBe(200)
  return response.json()
}

it('shows each entry’s best public score, ranked, with what belongs to that submission', async () => {
  const [a, b, c] = [await team('A'), await team('B'), await team('C')]
  await team('Nothing scored')
  await score(a, 10, 1, { parameters: 111 })
  await score(a, 20, 3, { parameters: 333 })
  await score(a, 15, 4)
  await score(b, 20, 2, { parameters: 222 })
  await score(c, 29, 9)
  const base = await createBaselineEntry(service.prisma, round.id, 'Linear')
  await score(base.id, 25, 0)

  const board = await ranking()
  expect(board).toMatchObject({
    roundSlug: round.slug,
    view: 'public',
    metric: 'accuracy',
    imageCount: 30,
    version: null,
    submissionCount: 5,
  })
  expect(
    board.rows.map((row: Record<string, unknown>) => [row.rank, row.name, row.correct, row.submissionCount]),
  ).toEqual([
    [1, 'C', 29, 1],
    [null, 'Linear', 25, 1],
    [2, 'B', 20, 1],
    [2, 'A', 20, 3],
  ])
  expect(board.rows[3]).toMatchObject({
    kind: 'TEAM',
    total: 30,
    top5Wrong: 2,
    parameters: 333,
    receivedAt: at(3).toISOString(),
    memberCount: 0,
  })
})

it('takes the earlier of two submissions with the same score', async () => {
  const a = await team('A')
  await score(a, 20, 5, { parameters: 5 })
  await score(a, 20, 2, { parameters: 2 })
  expect((await ranking()).rows).toMatchObject([{ parameters: 2, receivedAt: at(2).toISOString() }])
})

it('ranks by the public split alone and tells nothing of the private one', async () => {
  const [a, b] = [await team('A'), await team('B')]
  await score(a, 10, 1, { private: { correct: 4242, total: 7777, top5Correct: 5353 } })
  await score(b, 11, 2, { private: { correct: 1, total: 7777, top5Correct: 5353 } })
  expect((await ranking()).rows.map(({ name }: { name: string }) => name)).toEqual(['B', 'A'])
  for (const path of ['leaderboard', 'leaderboard.csv']) {
    const { body } = await visitor.get(`/api/rounds/${round.slug}/${path}`)
    for (const secret of ['4242', '7777', '5353', '2424']) expect(body).not.toContain(secret)
  }
})

it.each([
  // The third is as good as the second, rounded, and came later.
  ['top5-error', [{ top5Correct: 25 }, { top5Correct: 29 }, { top5Correct: 29 }]],
  ['cross-entropy', [{ crossEntropy: 0.3 }, { crossEntropy: 0.12344 }, { crossEntropy: 0.12341 }]],
  ['squared-error', [{ squaredError: 0.9 }, { squaredError: 0.00005 }, { squaredError: 0.00014 }]],
  ['macro-f1', [{ macroF1: 0.1 }, { macroF1: 0.65432 }, { macroF1: 0.65434 }]],
] as const)('by %s, the best submission of an entry is the best by that', async (metric, scores) => {
  await service.prisma.round.update({ where: { id: round.id }, data: { metric } })
  const a = await team('A')
  for (const [index, better] of scores.entries()) {
    await score(a, 20 - index, index, {
      parameters: index,
      public: { correct: 20 - index, total: 30, top5Correct: 28, ...better },
    })
  }
  expect(await ranking()).toMatchObject({ metric, rows: [{ parameters: 1 }] })
})

it('groups the teams that are not shown to differ, without the baselines', async () => {
  // A against B 4:0 (p = 2/2⁴, times 1), against C 12:0 (2/2¹², times 2): as in docs/ties.en.md.
  for (const [index, [name, correct]] of [
    ['A', 80],
    ['B', 76],
    ['C', 68],
  ].entries()) {
    const entryId = await team(String(name))
    await score(entryId, 1, index, { public: { correct, total: 100, top5Correct: 100 } })
  }
  const base = await createBaselineEntry(service.prisma, round.id, 'Linear')
  await score(base.id, 1, 9, { public: { correct: 78, total: 100, top5Correct: 100 } })
  expect((await ranking()).rows).toMatchObject([
    // Wilson's interval of 80 of 100.
    { name: 'A', tieGroup: 0, interval: [expect.closeTo(0.7112, 4), expect.closeTo(0.8666, 4)] },
    { name: 'Linear', tieGroup: null, rank: null },
    { name: 'B', tieGroup: 0 },
    { name: 'C', tieGroup: 1 },
  ])
})

it('groups by the five highest where top-5 error ranks, and not at all where images are not counted', async () => {
  const public5 = (top5Correct: number) => ({ correct: 10, total: 100, top5Correct })
  await score(await team('A'), 1, 1, { public: public5(80) })
  await score(await team('B'), 1, 2, { public: public5(68) })
  const groups = async (metric: string) => {
    await service.prisma.$transaction(async (tx) => {
      await tx.round.update({ where: { id: round.id }, data: { metric } })
      await notify(tx, { topic: `leaderboard/${round.slug}` })
    })
    return vi.waitFor(async () => {
      const board = await ranking()
      expect(board.metric).toBe(metric)
      return board.rows.map(({ tieGroup, interval }: Record<string, unknown>) => [
        tieGroup,
        interval !== null,
      ])
    })
  }
  expect(await groups('top5-error')).toEqual([
    [0, true],
    [1, true],
  ])
  expect(await groups('cross-entropy')).toEqual([
    [null, true],
    [null, true],
  ])
  expect(await groups('macro-f1')).toEqual([
    [null, false],
    [null, false],
  ])
})

it('never ranks what is missing, refused or disqualified', async () => {
  const [waiting, refused, out] = [await team('Waiting'), await team('Refused'), await team('Out')]
  await insertQueuedRun(service.prisma, round, waiting)
  const submissionId = await score(refused, 30, 1)
  await service.prisma.scoringRun.updateMany({
    where: { submissionId },
    data: { status: 'REJECTED', reasonCode: 'OUTPUT_NOT_FINITE' },
  })
  await score(out, 29, 1)
  const reason = { disqualifiedAt: at(5), disqualifiedReason: 'copied' }
  await service.prisma.entry.update({ where: { id: out }, data: reason })
  const a = await team('A')
  const copied = await score(a, 28, 1)
  await service.prisma.submission.update({ where: { id: copied }, data: reason })
  await score(a, 3, 2)
  const board = await ranking()
  expect(board.rows).toMatchObject([{ name: 'A', rank: 1, correct: 3 }])
  expect(board.submissionCount).toBe(4)
})

it('names entries as the round’s rules say', async () => {
  const named = async (rankingNames: 'HANDLE' | 'REAL' | 'PSEUDONYM') => {
    round = await seedRound(service, { visitorsMaySee: true, rankingNames })
    const student = await registeredStudent(service, round, 'Hana Sato')
    const { id } = (await student.get(`/api/rounds/${round.slug}/entry`)).json()
    await student.request('PUT', `/api/rounds/${round.slug}/entry`, { name: 'Team Hana' })
    await score(id, 10, 1)
    await score((await createBaselineEntry(service.prisma, round.id, 'Linear')).id, 5, 1)
    return (await ranking()).rows.map(({ name }: { name: string }) => name)
  }
  expect(await named('HANDLE')).toEqual(['Team Hana', 'Linear'])
  expect(await named('REAL')).toEqual(['Hana Sato', 'Linear'])
  expect(await named('PSEUDONYM')).toEqual([
    expect.stringMatching(/^[A-Z][a-z]+ [A-Z][a-z]+ \d{3}$/),
    'Linear',
  ])
})

it('counts live runs only', async () => {
  const a = await team('A')
  const submissionId = await score(a, 29, 1)
  await service.prisma.scoringRun.updateMany({ where: { submissionId }, data: { live: false } })
  expect(await ranking()).toMatchObject({ submissionCount: 1, rows: [] })
})

it('has no top-5 error with five classes', async () => {
  const dataset = await seedDataset(service, 5)
  round = await seedRound(service, { visitorsMaySee: true, datasetId: dataset.id })
  await score(await team('A'), 10, 1)
  expect((await ranking()).rows[0].top5Wrong).toBeNull()
})

it('answers 304 while nothing changed, and anew after a result was announced', async () => {
  const a = await team('A')
  await score(a, 10, 1)
  const url = `/api/rounds/${round.slug}/leaderboard`
  const { headers } = await visitor.get(url)
  const etag = String(headers.etag)
  expect((await visitor.get(url, { 'if-none-match': etag })).statusCode).toBe(304)

  await service.prisma.$transaction(async (tx) => {
    await tx.entry.update({ where: { id: a }, data: { name: 'Renamed' } })
    await notify(tx, { topic: `leaderboard/${round.slug}` })
  })
  await vi.waitFor(async () => {
    const response = await visitor.get(url, { 'if-none-match': etag })
    expect(response.statusCode).toBe(200)
    expect(response.json().rows[0].name).toBe('Renamed')
  })
})

it('is served from memory until something is announced', async () => {
  const a = await team('A')
  await score(a, 10, 1)
  const before = await ranking()
  await service.prisma.entry.update({ where: { id: a }, data: { name: 'Not announced' } })
  expect(await ranking()).toEqual(before)
})

it('comes as CSV too', async () => {
  await score(await team('=1+1'), 10, 1)
  const response = await visitor.get(`/api/rounds/${round.slug}/leaderboard.csv`)
  expect(response.headers['content-type']).toBe('text/csv; charset=utf-8')
  expect(response.headers['content-disposition']).toBe(
    `attachment; filename="${round.slug}-public-leaderboard.csv"`,
  )
  expect(response.body).toContain(",'=1+1,TEAM,".slice(1))
})
