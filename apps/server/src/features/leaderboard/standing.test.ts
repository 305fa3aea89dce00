import type { Standing } from '@taikai/shared/wire/standing'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { buildTestApp, type TestApp } from '../../../test/build-test-app.ts'
import type { Round } from '../../generated/prisma/client.ts'
import { TestClient } from '../../http/test-client.ts'
import { insertScored, registeredStudent, seedRound, signedInInstructor } from '../../http/test-data.ts'
import { addScored, addTeam, at, makeRescoreLive } from './test-contest.ts'

let clock: Date
let service: TestApp
let instructor: TestClient
let round: Round
let student: TestClient
let own: string
beforeAll(async () => {
  service = await buildTestApp({ now: () => clock })
  instructor = await signedInInstructor(service)
})
afterAll(async () => {
  await service.close()
})
/** Opens at minute 0, freezes at 30, closes at 50. */
beforeEach(async () => {
  clock = at(20)
  round = await seedRound(service, { opensAt: at(0), freezesAt: at(30), closesAt: at(50) })
  student = await registeredStudent(service, round, 'Hana')
  own = (await student.get(`/api/rounds/${round.slug}/entry`)).json().id
})

const score = (entryId: string, minute: number, correct: number, privateCorrect = 1) =>
  addScored(service, round, entryId, { minute, correct, privateCorrect })
async function rival(name: string, minute: number, correct: number, privateCorrect = 1): Promise<string> {
  const entryId = await addTeam(service, round, name)
  await score(entryId, minute, correct, privateCorrect)
  return entryId
}
async function standing(id: string, client = student): Promise<Standing> {
  const response = await client.get(`/api/submissions/${id}/standing`)
  expect(response.statusCode, response.body).toBe(200)
  return response.json()
}

it('says which rank a submission brought its team, and what it gained on what came before', async () => {
  await rival('A', 1, 30)
  await rival('B', 2, 20)
  await rival('C', 3, 15)
  const first = await score(own, 4, 10)
  const better = await score(own, 5, 20)
  const worse = await score(own, 6, 12)
  // Level with B: they share the second rank. Without it the team would stand fourth with its 12 images.
  expect(await standing(better)).toMatchObject({
    ...{ rank: 2, teamCount: 4, value: 20, previousBest: 10, counts: true, rankWithout: 4 },
  })
  expect(await standing(first)).toMatchObject({
    rank: 2,
    previousBest: null,
    counts: false,
    rankWithout: null,
  })
  expect(await standing(worse)).toMatchObject({ rank: 2, value: 12, previousBest: 20, counts: false })
  expect(await standing(better, instructor)).toMatchObject({ rank: 2, counts: true })
})

it('takes the lower value for the better one where the metric says so', async () => {
  await service.prisma.round.update({ where: { id: round.id }, data: { metric: 'top5-error' } })
  // Wrong by the five highest outputs: 30 − 28 = 2 with up to 28 right, 30 − n with more.
  await rival('A', 1, 30)
  const first = await score(own, 2, 10)
  const better = await score(own, 3, 29)
  expect(await standing(better)).toMatchObject({
    ...{ metric: 'top5-error', rank: 2, value: 1, previousBest: 2, counts: true, rankWithout: 2 },
  })
  expect(await standing(first)).toMatchObject({ value: 2, counts: false })
})

it('names the first of the group from which it is not shown to differ', async () => {
  // The first n images are right: on 30 against 28 two are discordant, p = ½; on 30 against 10 twenty, p = 2⁻¹⁹.
  await rival('A', 1, 30)
  const near = await score(own, 2, 28)
  await rival('C', 3, 10)
  expect(await standing(near)).toMatchObject({
    // Its only score brought the team in.
    ...{ counts: true, rankWithout: null, previousBest: null },
    tie: { leader: 'A', leads: false, teamCount: 2 },
  })
})

it('names teams as the ranking does', async () => {
  await service.prisma.round.update({ where: { id: round.id }, data: { rankingNames: 'PSEUDONYM' } })
  const best = await score(own, 1, 28)
  const behind = await registeredStudent(service, round, 'Ren')
  const { id: rivalId } = (await behind.get(`/api/rounds/${round.slug}/entry`)).json()
  const near = await score(rivalId, 2, 27)
  expect((await standing(best)).tie).toEqual({ leader: 'Hana', leads: true, teamCount: 2 })
  const seen = (await standing(near, behind)).tie
  expect(seen).toMatchObject({ leads: false, teamCount: 2 })
  expect(seen?.leader).not.toBe('Hana')
})

it('stands as still as the ranking while that is frozen', async () => {
  await rival('A', 1, 20)
  const early = await score(own, 2, 10)
  const raised = await score(own, 3, 12)
  const late = await score(own, 31, 29)
  await rival('B', 32, 28)
  await makeRescoreLive(service, raised, { minute: 33, correct: 9 })
  clock = at(40)
  const frozen = { frozenAt: at(30).toISOString(), rank: 2, teamCount: 2 }
  expect(await standing(late)).toMatchObject({
    ...{ ...frozen, value: 29, previousBest: 10, counts: false, rankWithout: null },
  })
  // The ranking holds its score from before the rescore.
  expect(await standing(raised)).toMatchObject({ ...frozen, value: 9, counts: true, rankWithout: 2 })
  expect(await standing(early)).toMatchObject({ ...frozen, counts: false })
  expect(await standing(late, instructor)).toMatchObject({
    ...{ frozenAt: null, rank: 1, teamCount: 3, counts: true, rankWithout: 3 },
  })
})

it('has the rank of the final ranking once that is published', async () => {
  await rival('A', 1, 20, 10)
  const id = await score(own, 2, 10, 60)
  clock = at(55)
  expect(await standing(id, instructor)).toMatchObject({ rank: 2, finalRank: null })
  expect((await instructor.post(`/api/rounds/${round.slug}/publish`, {})).statusCode).toBe(200)
  expect(await standing(id)).toMatchObject({ frozenAt: null, rank: 2, finalRank: 1 })
})

it('gives no place to a baseline and to what is disqualified', async () => {
  const baseline = await addTeam(service, round, 'Base', 'BASELINE')
  const shown = await score(baseline, 1, 30)
  const id = await score(own, 2, 10)
  const disqualified = { disqualifiedAt: at(3), disqualifiedReason: 'copied' }
  await service.prisma.submission.update({ where: { id }, data: disqualified })
  const placeless = { rank: null, tie: null, counts: false, rankWithout: null, teamCount: 0 }
  expect(await standing(shown, instructor)).toMatchObject(placeless)
  expect(await standing(id)).toMatchObject({ ...placeless, value: 10, previousBest: null })
})

it('comes beside the confidence of the public split only', async () => {
  const bins = [{ count: 30, meanConfidence: 0.5, accuracy: 0.25 }]
  const id = await insertScored(service, {
    round,
    entryId: own,
    public: { correct: 10, total: 30, top5Correct: 30, calibrationBins: bins },
    private: { correct: 1, total: 70, top5Correct: 1, calibrationBins: [] },
  })
  expect((await student.get(`/api/submissions/${id}`)).json().score.calibrationBins).toEqual(bins)
})

it('is for its team and instructors, of a submission that has a score', async () => {
  const id = await score(own, 1, 10)
  const url = `/api/submissions/${id}/standing`
  const other = await registeredStudent(service, round, 'Ren')
  expect((await other.get(url)).statusCode).toBe(404)
  expect((await new TestClient(service.app).get(url)).statusCode).toBe(401)
  await service.prisma.score.deleteMany({ where: { run: { submissionId: id } } })
  expect((await student.get(url)).json()).toMatchObject({ code: 'SUBMISSION_NOT_SCORED' })
})
