import type { ChangeEffect } from '@taikai/shared/wire/round-changes'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { buildTestApp, type TestApp } from '../../../test/build-test-app.ts'
import type { Round } from '../../generated/prisma/client.ts'
import { TestClient } from '../../http/test-client.ts'
import {
  inspection,
  registeredStudent,
  seedDataset,
  seedRound,
  signedInInstructor,
} from '../../http/test-data.ts'
import { addScored, addTeam, at } from '../leaderboard/test-contest.ts'

const clock = at(30)
let service: TestApp
let instructor: TestClient
let round: Round
beforeAll(async () => {
  service = await buildTestApp({ now: () => clock })
  instructor = await signedInInstructor(service)
})
afterAll(async () => {
  await service.close()
})
/** Open since minute 0 until 50. A has three submissions today (one returned), B one; A's newest came at minute 20. */
beforeEach(async () => {
  round = await seedRound(service, { opensAt: at(0), closesAt: at(50), finalPicks: 2 })
  const [a, b] = [await addTeam(service, round, 'A'), await addTeam(service, round, 'B')]
  const score = (entryId: string, minute: number, correct: number, parameters = 100) =>
    addScored(service, round, entryId, { minute, correct, parameters })
  const ids = [
    await score(a, 10, 20, 2000),
    await score(a, 11, 21, 500),
    await score(a, 20, 22, 500),
    await score(b, 12, 25),
  ]
  await service.prisma.submission.update({ where: { id: ids[0] ?? '' }, data: { quotaReturned: true } })
  await service.prisma.submission.updateMany({ where: { entryId: a }, data: { finalPick: true } })
})

async function effectsOf(changes: object, slug = round.slug): Promise<ChangeEffect[]> {
  const response = await instructor.post(`/api/rounds/${slug}/changes`, changes)
  expect(response.statusCode, response.body).toBe(200)
  return response.json().effects
}
const refusal = async (changes: object) =>
  (await instructor.post(`/api/rounds/${round.slug}/changes`, changes)).json()

describe('what a change of an open round would do', () => {
  it('is nothing where nothing changes', async () => {
    expect(await effectsOf({ title: 'Cup', closesAt: at(50).toISOString(), finalPicks: 2 })).toEqual([])
  })

  it('is told of dates: the state that they make, and what came too late', async () => {
    expect(await effectsOf({ closesAt: at(15).toISOString() })).toEqual([
      { code: 'STATE', from: 'open', to: 'closed' },
      { code: 'DATE', date: 'closesAt', from: at(50).toISOString(), to: at(15).toISOString() },
      { code: 'LATE_SUBMISSIONS', submissions: 1 },
    ])
    expect(await effectsOf({ closesAt: null, freezesAt: at(40).toISOString() })).toEqual([
      { code: 'DATE', date: 'freezesAt', from: null, to: at(40).toISOString() },
      { code: 'DATE', date: 'closesAt', from: at(50).toISOString(), to: null },
    ])
  })

  it('is told of quota: teams that have used up the new limit', async () => {
    // What was returned does not count: two of A, one of B.
    expect(await effectsOf({ submissionsPerDay: 2 })).toEqual([
      { code: 'QUOTA_DAY', from: null, to: 2, teams: 1 },
    ])
    expect(await effectsOf({ submissionsTotal: 1 })).toEqual([
      { code: 'QUOTA_TOTAL', from: null, to: 1, teams: 2 },
    ])
    expect(await effectsOf({ submissionsPerDay: 3 })).toMatchObject([{ teams: 0 }])
  })

  it('is told of models: submissions that the new rules would refuse', async () => {
    expect(await effectsOf({ maxParameters: 500 })).toEqual([
      { code: 'PARAMETERS', from: null, to: 500, submissions: 1 },
    ])
    expect(await effectsOf({ maxParameters: 100 })).toMatchObject([{ submissions: 3 }])
    // Of none of them it is known.
    expect(await effectsOf({ maxMacs: 1e6 })).toEqual([
      { code: 'MACS', from: null, to: 1_000_000, submissions: 4 },
    ])
    const dense = {
      name: 'd',
      className: 'Dense',
      outputShape: [10],
      parameters: 1,
      activation: null,
      onPath: true,
    }
    await service.prisma.submission.updateMany({
      where: { roundId: round.id, entry: { name: 'B' } },
      data: { inspection: { ...inspection, layers: [dense] } },
    })
    expect(await effectsOf({ requiredLayers: ['Dense'] })).toEqual([{ code: 'LAYERS', submissions: 3 }])
    expect(await effectsOf({ forbiddenLayers: ['Dense'] })).toEqual([{ code: 'LAYERS', submissions: 1 }])
  })

  it('is told of the ranking: teams that come to another place', async () => {
    // By the five highest of 30: 28 for all, so that A, received earlier, shares the first place with B.
    expect(await effectsOf({ metric: 'top5-error' })).toEqual([
      { code: 'METRIC', from: 'accuracy', to: 'top5-error', teams: 1 },
    ])
  })

  it('is told of teams: those with more picks or members than allowed', async () => {
    expect(await effectsOf({ finalPicks: 1 })).toEqual([{ code: 'FINAL_PICKS', from: 2, to: 1, teams: 1 }])
    expect(await effectsOf({ finalPicks: 3 })).toMatchObject([{ teams: 0 }])
    const full = await seedRound(service, { opensAt: at(0), teamSize: 2 })
    const entry = await addTeam(service, full, 'Two')
    for (const name of ['Aoi', 'Ren']) {
      const email = `${name}@example.test`
      const { id: userId } = await service.prisma.user.create({ data: { id: email, name, email } })
      await service.prisma.entryMember.create({ data: { entryId: entry, roundId: full.id, userId } })
    }
    expect(await effectsOf({ teamSize: 1 }, full.slug)).toEqual([
      { code: 'TEAM_SIZE', from: 2, to: 1, teams: 1 },
    ])
  })

  it('is told of everything else that others see', async () => {
    const changes = {
      ...{ title: 'New', timeZone: 'UTC', visitorsMaySee: true },
      ...{ rankingNames: 'REAL', joinPolicy: 'ROSTER', uploadMaxBytes: 1024 },
    }
    expect(await effectsOf(changes)).toEqual([
      { code: 'TEXTS' },
      { code: 'TIME_ZONE', from: 'Asia/Tokyo', to: 'UTC' },
      { code: 'VISITORS', visible: true },
      { code: 'NAMES', from: 'HANDLE', to: 'REAL' },
      { code: 'JOIN_POLICY', from: 'CODE', to: 'ROSTER' },
      { code: 'UPLOAD_BYTES', from: 41_943_040, to: 1024, submissions: 0 },
    ])
  })

  it('is told of dataset and public share while nothing was submitted', async () => {
    const empty = await seedRound(service, { opensAt: at(0) })
    const { id, name } = await seedDataset(service)
    const { name: old } = await service.prisma.dataset.findUniqueOrThrow({ where: { id: empty.datasetId } })
    expect(await effectsOf({ datasetId: id, publicPercent: 40 }, empty.slug)).toEqual([
      { code: 'DATASET', from: `${old} (1)`, to: `${name} (1)` },
      { code: 'PUBLIC_SHARE', from: 30, to: 40 },
    ])
  })

  it('is refused as the change itself would be, and changes nothing', async () => {
    const { id } = await seedDataset(service)
    expect(await refusal({ datasetId: id })).toMatchObject({ code: 'ROUND_LOCKED', status: 409 })
    expect(await refusal({ closesAt: at(-1).toISOString() })).toMatchObject({ code: 'ROUND_DATES_INVALID' })
    await effectsOf({ title: 'New', closesAt: null })
    const row = await service.prisma.round.findUniqueOrThrow({ where: { id: round.id } })
    expect(row).toMatchObject({ title: 'Cup', closesAt: at(50), updatedAt: round.updatedAt })
    expect(await service.prisma.auditEvent.count({ where: { subjectId: round.slug } })).toBe(0)
  })
})

it('is told to instructors only', async () => {
  const url = `/api/rounds/${round.slug}/changes`
  const student = await registeredStudent(service, round)
  expect((await student.post(url, {})).statusCode).toBe(403)
  expect((await new TestClient(service.app).post(url, {})).statusCode).toBe(401)
  expect((await instructor.post('/api/rounds/nowhere/changes', {})).statusCode).toBe(404)
})
