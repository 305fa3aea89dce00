import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildTestApp, type TestApp } from '../../../test/build-test-app.ts'
import type { Round } from '../../generated/prisma/client.ts'
import { TestClient } from '../../http/test-client.ts'
import { insertScored, registeredStudent, seedRound, signedInInstructor } from '../../http/test-data.ts'
import { insertQueuedRun } from '../../jobs/test-fixtures.ts'
import { packBits } from '../../scoring/pack-bits.ts'

let service: TestApp
let round: Round
let student: TestClient
let other: TestClient
let teacher: TestClient
let entryId: string
let otherEntryId: string

beforeAll(async () => {
  service = await buildTestApp()
  round = await seedRound(service)
  student = await registeredStudent(service, round, 'Hana')
  other = await registeredStudent(service, round, 'Ren')
  teacher = await signedInInstructor(service)
  entryId = (await student.get(`/api/rounds/${round.slug}/entry`)).json().id
  otherEntryId = (await other.get(`/api/rounds/${round.slug}/entry`)).json().id
})
afterAll(async () => {
  await service.close()
})

/** Scored on 16 public images of two classes of eight each, the first eight of class 0. */
function scored(right: readonly number[], entry = entryId): Promise<string> {
  const correct = right.length
  const ofFirst = right.filter((image) => image < 8).length
  return insertScored(service, {
    round,
    entryId: entry,
    public: {
      correct,
      total: 16,
      top5Correct: 16,
      perClassCorrect: [ofFirst, correct - ofFirst],
      perClassTotal: [8, 8],
      confusionMatrix: [ofFirst, 8 - ofFirst, 8 - correct + ofFirst, correct - ofFirst],
      correctBits: packBits(Array.from({ length: 16 }, (_, image) => right.includes(image))),
    },
    private: { correct: 31337, total: 48271, top5Correct: 40009 },
  })
}
const outcome = (response: { statusCode: number; json(): { code: string } }) => [
  response.statusCode,
  response.json().code,
]

describe('a comparison of two own submissions', () => {
  it('counts images that both, one and none of them has right, and says how likely that is by chance', async () => {
    // Only the first: 8..13 (six), only the second: 0 (one), both: 1 and 2, neither: the other seven.
    const first = await scored([1, 2, 8, 9, 10, 11, 12, 13])
    const second = await scored([0, 1, 2])
    const response = await student.get(`/api/submissions/${first}/compare/${second}`)
    expect(response.json()).toMatchObject({
      roundSlug: round.slug,
      first: { id: first },
      second: { id: second },
      both: 2,
      onlyFirst: 6,
      onlySecond: 1,
      neither: 7,
      // Two-sided binomial with n = 7, k ≤ 1: 2 · (1 + 7) / 2^7.
      p: expect.closeTo(0.125, 12),
      classes: [
        { first: 2, second: 3, total: 8 },
        { first: 6, second: 0, total: 8 },
      ],
    })
    expect(response.body).not.toMatch(/31337|48271|40009/)
  })

  it('is for its team and instructors, and of one team', async () => {
    const [first, second, foreign] = [await scored([1]), await scored([2]), await scored([3], otherEntryId)]
    const url = `/api/submissions/${first}/compare/${second}`
    expect((await teacher.get(url)).statusCode).toBe(200)
    expect(outcome(await other.get(url))).toEqual([404, 'NOT_FOUND'])
    expect(outcome(await new TestClient(service.app).get(url))).toEqual([401, 'UNAUTHENTICATED'])
    const across = `/api/submissions/${first}/compare/${foreign}`
    expect(outcome(await student.get(across))).toEqual([404, 'NOT_FOUND'])
    expect(outcome(await teacher.get(across))).toEqual([409, 'SUBMISSIONS_NOT_COMPARABLE'])
  })

  it('needs two scores on the same images', async () => {
    const [first, second] = [await scored([1]), await scored([2])]
    const { id: waiting } = await insertQueuedRun(service.prisma, round, entryId)
    expect(outcome(await student.get(`/api/submissions/${first}/compare/${waiting}`))).toEqual([
      409,
      'SUBMISSIONS_NOT_COMPARABLE',
    ])
    await service.prisma.scoringRun.updateMany({
      where: { submissionId: second },
      data: { splitId: 'another' },
    })
    expect((await student.get(`/api/submissions/${first}/compare/${second}`)).statusCode).toBe(409)
  })
})

describe('a receipt', () => {
  it('holds what decides the score and the integers that came of it, none of them private', async () => {
    const id = await scored([0, 1, 8])
    const response = await student.get(`/api/submissions/${id}/receipt`)
    const dataset = await service.prisma.dataset.findUniqueOrThrow({ where: { id: round.datasetId } })
    expect(response.headers['content-disposition']).toBe(`attachment; filename="receipt-${id}.json"`)
    expect(response.json()).toEqual({
      submissionId: id,
      modelSha256: '0'.repeat(64),
      dataset: { name: dataset.name, version: 1 },
      splitId: 'split',
      engine: { name: 'wasm', version: '1' },
      scorerVersion: '1',
      preprocessing: { preset: 'unit', channelOrder: 'rgb', flatOrder: 'hwc' },
      counts: {
        correct: 3,
        total: 16,
        top5Correct: 16,
        perClassCorrect: [2, 1],
        perClassTotal: [8, 8],
        confusionMatrix: [2, 6, 7, 1],
      },
      scoredAt: '2026-11-23T09:00:00.000Z',
      rescoredAt: null,
    })
  })

  it('is there once there is a score, for its team and instructors', async () => {
    const id = await scored([0])
    const url = `/api/submissions/${id}/receipt`
    expect((await teacher.get(url)).statusCode).toBe(200)
    expect(outcome(await other.get(url))).toEqual([404, 'NOT_FOUND'])
    expect(outcome(await new TestClient(service.app).get(url))).toEqual([401, 'UNAUTHENTICATED'])
    const { id: waiting } = await insertQueuedRun(service.prisma, round, entryId)
    expect(outcome(await student.get(`/api/submissions/${waiting}/receipt`))).toEqual([
      409,
      'SUBMISSION_NOT_SCORED',
    ])
  })
})

it('“the confusion matrix is shown to the own team only”, and to instructors', async () => {
  const id = await scored([0, 1, 8])
  const url = `/api/submissions/${id}`
  for (const client of [student, teacher]) {
    expect((await client.get(url)).json().score.confusionMatrix).toEqual([2, 6, 7, 1])
  }
  expect(outcome(await other.get(url))).toEqual([404, 'NOT_FOUND'])
  const others = await other.get(`/api/rounds/${round.slug}/submissions`)
  expect(others.json().submissions.map((one: { entryId: string }) => one.entryId)).not.toContain(entryId)
})
