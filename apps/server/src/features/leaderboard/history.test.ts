import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { buildTestApp, type TestApp } from '../../../test/build-test-app.ts'
import type { Round } from '../../generated/prisma/client.ts'
import { TestClient } from '../../http/test-client.ts'
import { insertScored, registeredStudent, seedRound, signedInInstructor } from '../../http/test-data.ts'

const at = (minute: number) => new Date(Date.UTC(2026, 10, 24, 9, minute))
let service: TestApp
let visitor: TestClient
let teacher: TestClient
let round: Round
beforeAll(async () => {
  service = await buildTestApp({ now: () => at(50) })
  visitor = new TestClient(service.app)
  teacher = await signedInInstructor(service)
})
afterAll(async () => {
  await service.close()
})
beforeEach(async () => {
  round = await seedRound(service, { visitorsMaySee: true })
})

const team = async (name: string) =>
  (await service.prisma.entry.create({ data: { roundId: round.id, name } })).id
const score = (entryId: string, correct: number, minute: number, extra: object = {}) =>
  insertScored(service, {
    round,
    entryId,
    receivedAt: at(minute),
    public: { correct, total: 30, top5Correct: 30, ...extra },
    private: { correct: 31337, total: 48271, top5Correct: 40009 },
  })
async function history(client = visitor): Promise<Record<string, [minute: number, value: number][]>> {
  const response = await client.get(`/api/rounds/${round.slug}/history`)
  expect(response.statusCode, response.body).toBe(200)
  expect(response.body).not.toMatch(/31337|48271|40009/)
  return Object.fromEntries(
    response
      .json()
      .entries.map((entry: { entryId: string; points: { receivedAt: string; value: number }[] }) => [
        entry.entryId,
        entry.points.map(({ receivedAt, value }) => [new Date(receivedAt).getMinutes(), value]),
      ]),
  )
}

it('is the sequence of best public values of each team, best team first', async () => {
  const [a, b] = [await team('A'), await team('B')]
  await score(a, 10, 1)
  await score(a, 8, 2)
  await score(a, 12, 3)
  await score(a, 12, 4)
  await score(b, 20, 5)
  const found = await history()
  expect(Object.keys(found)).toEqual([b, a])
  expect(found).toEqual({
    [a]: [
      [1, 10],
      [3, 12],
    ],
    [b]: [[5, 20]],
  })
})

it('goes down where the round’s metric is better lower', async () => {
  round = await seedRound(service, { visitorsMaySee: true, metric: 'cross-entropy' })
  const a = await team('A')
  await score(a, 10, 1, { crossEntropy: 1.5 })
  await score(a, 20, 2, { crossEntropy: 1.75 })
  await score(a, 9, 3, { crossEntropy: 0.25 })
  expect(await history()).toEqual({
    [a]: [
      [1, 15_000],
      [3, 2_500],
    ],
  })
})

it('shows ten teams, and the viewer’s own wherever it stands', async () => {
  const student = await registeredStudent(service, round, 'Hana')
  const own: string = (await student.get(`/api/rounds/${round.slug}/entry`)).json().id
  await score(own, 1, 1)
  for (let place = 0; place < 11; place++) await score(await team(`T${place}`), 10 + place, 2)
  expect(Object.keys(await history())).toHaveLength(10)
  const seen = await history(student)
  expect(Object.keys(seen)).toHaveLength(11)
  expect(seen[own]).toEqual([[1, 1]])
})

it('leaves out what is disqualified, and baselines', async () => {
  const [a, b] = [await team('A'), await team('B')]
  await score(a, 10, 1)
  const cheated = await score(a, 30, 2)
  await score(b, 29, 3)
  const disqualified = { disqualifiedAt: at(4), disqualifiedReason: 'x' }
  await service.prisma.submission.update({ where: { id: cheated }, data: disqualified })
  await service.prisma.entry.update({ where: { id: b }, data: disqualified })
  const baseline = await service.prisma.entry.create({
    data: { roundId: round.id, name: 'base', kind: 'BASELINE' },
  })
  await score(baseline.id, 25, 1)
  expect(await history()).toEqual({ [a]: [[1, 10]] })
})

it('“the frozen ranking holds submissions received before freezeAt, even if scored later”; an entry sees its own later ones', async () => {
  const student = await registeredStudent(service, round, 'Hana')
  const own: string = (await student.get(`/api/rounds/${round.slug}/entry`)).json().id
  const a = await team('A')
  await score(a, 10, 19)
  await score(a, 20, 20)
  await score(own, 5, 19)
  await score(own, 6, 30)
  await service.prisma.round.update({ where: { id: round.id }, data: { freezesAt: at(20) } })
  expect(await history()).toEqual({ [a]: [[19, 10]], [own]: [[19, 5]] })
  const mine = await history(student)
  expect(mine).toEqual({
    [a]: [[19, 10]],
    [own]: [
      [19, 5],
      [30, 6],
    ],
  })
  expect((await history(teacher))[a]).toEqual([
    [19, 10],
    [20, 20],
  ])
})

it('“rescores [act] at unfreeze”: a score that was replaced while frozen stays', async () => {
  const a = await team('A')
  const submissionId = await score(a, 10, 1)
  const old = await service.prisma.scoringRun.findFirstOrThrow({
    where: { submissionId },
    include: { scores: true },
  })
  await service.prisma.scoringRun.update({
    where: { id: old.id },
    data: { live: false, replacedAt: at(25) },
  })
  const { id: rescoreId } = await service.prisma.rescore.create({
    data: { roundId: round.id, datasetId: round.datasetId, madeLiveAt: at(25) },
  })
  const { id: _, scores, reasonParams: __, ...copied } = old
  await service.prisma.scoringRun.create({
    data: {
      ...copied,
      rescoreId,
      madeLiveAt: at(25),
      scores: {
        create: scores.map(({ runId: ___, calibrationBins: ____, ...columns }) => ({
          ...columns,
          calibrationBins: [],
          correct: columns.correct - 1,
        })),
      },
    },
  })
  expect(await history()).toEqual({ [a]: [[1, 9]] })
  await service.prisma.round.update({ where: { id: round.id }, data: { freezesAt: at(20) } })
  expect(await history()).toEqual({ [a]: [[1, 10]] })
})

it('is not there for whom the round is not', async () => {
  const hidden = await seedRound(service)
  expect((await visitor.get(`/api/rounds/${hidden.slug}/history`)).statusCode).toBe(404)
  const student = await registeredStudent(service, round, 'Ren')
  expect((await student.get(`/api/rounds/${hidden.slug}/history`)).statusCode).toBe(404)
})
