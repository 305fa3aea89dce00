import type { LightMyRequestResponse } from 'fastify'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { buildTestApp, type TestApp } from '../../../test/build-test-app.ts'
import type { Round } from '../../generated/prisma/client.ts'
import { buildPerson, TestClient } from '../../http/test-client.ts'
import { insertScored, seedRound, signedInInstructor } from '../../http/test-data.ts'
import { entryOf, memberNames } from './test-teams.ts'

type Student = { client: TestClient; email: string; userId: string; entryId: string }
type Team = { id: string; name: string; members: { name: string }[]; submissionCount: number }

let service: TestApp
let instructor: TestClient
let round: Round
let hana: Student
let ren: Student
beforeAll(async () => {
  service = await buildTestApp()
  instructor = await signedInInstructor(service)
})
afterAll(async () => {
  await service.close()
})
beforeEach(async () => {
  round = await seedRound(service, { teamSize: 2 })
  hana = await student('Hana')
  ren = await student('Ren')
})

async function student(name: string): Promise<Student> {
  const client = new TestClient(service.app)
  const person = buildPerson({ name })
  await client.post('/api/register', { ...person, joinCode: round.joinCode })
  const { id: entryId, members } = await entryOf(client, round)
  return { client, email: person.email, userId: members[0].id, entryId }
}
async function submitted({ entryId }: Student, correct = 1): Promise<string> {
  return insertScored(service, { round, entryId, public: { correct, total: 30, top5Correct: 30 } })
}
async function pick(submissionId: string): Promise<void> {
  await service.prisma.submission.update({ where: { id: submissionId }, data: { finalPick: true } })
}

const url = () => `/api/rounds/${round.slug}/entries`
const refusal = (response: LightMyRequestResponse) => [response.statusCode, response.json().code]
const move = (who: Student, to: Student) =>
  instructor.post(`${url()}/${to.entryId}/members`, { email: who.email })
const merge = (from: string, into: string) => instructor.post(`${url()}/${from}/merge`, { into })
const remove = (entryId: string, userId: string) =>
  instructor.request('DELETE', `${url()}/${entryId}/members/${userId}`)
/** Name, members and number of submissions of each team in an answer. */
function teams(response: LightMyRequestResponse) {
  expect(response.statusCode, response.body).toBe(200)
  return response
    .json()
    .entries.map((team: Team) => [team.name, memberNames(team).join(' '), team.submissionCount])
}

it('lists the teams of a round, without baselines', async () => {
  await submitted(hana)
  await service.prisma.entry.create({ data: { roundId: round.id, name: 'Linear', kind: 'BASELINE' } })
  const response = await instructor.get(url())
  expect(teams(response)).toEqual([
    ['Hana', 'Hana', 1],
    ['Ren', 'Ren', 0],
  ])
  expect(response.json().entries[0]).toMatchObject({
    id: hana.entryId,
    rankingName: 'Hana',
    members: [{ id: hana.userId, email: hana.email }],
  })
})

describe('moving a student', () => {
  it('works after the first submission and after the close; submissions stay with the team', async () => {
    await submitted(ren)
    await service.prisma.round.update({ where: { id: round.id }, data: { closesAt: new Date() } })
    expect(teams(await move(ren, hana))).toEqual([
      ['Hana', 'Hana Ren', 0],
      ['Ren', '', 1],
    ])
    expect((await entryOf(ren.client, round)).id).toBe(hana.entryId)
    expect((await ren.client.get(`/api/rounds/${round.slug}/submissions`)).json().submissions).toEqual([])
  })

  it('takes an entry away that nobody is in and that submitted nothing', async () => {
    expect(teams(await move(ren, hana))).toEqual([['Hana', 'Hana Ren', 0]])
  })

  it('is bound by the team size', async () => {
    const mei = await student('Mei')
    await move(ren, hana)
    expect(refusal(await move(mei, hana))).toEqual([409, 'TEAM_FULL'])
  })

  it('puts somebody on the round who had not joined it', async () => {
    const other = buildPerson({ name: 'Sora' })
    const { joinCode } = await seedRound(service)
    await new TestClient(service.app).post('/api/register', { ...other, joinCode })
    const { entryId } = hana
    const email = other.email.toUpperCase()
    const response = await instructor.post(`${url()}/${entryId}/members`, { email })
    expect(teams(response)[0]).toEqual(['Hana', 'Hana Sora', 0])
  })

  it('needs a student’s address, and a team of this round', async () => {
    const unknown = await instructor.post(url(), { email: 'nobody@example.test' })
    expect([...refusal(unknown), unknown.json().params]).toEqual([
      404,
      'STUDENT_UNKNOWN',
      { email: 'nobody@example.test' },
    ])
    const { me } = (await instructor.get('/api/me')).json()
    expect(refusal(await instructor.post(url(), { email: me.email }))).toEqual([404, 'STUDENT_UNKNOWN'])
    const baseline = await service.prisma.entry.create({
      data: { roundId: round.id, name: 'Linear', kind: 'BASELINE' },
    })
    const elsewhere = await service.prisma.entry.create({
      data: { roundId: (await seedRound(service)).id, name: 'Far' },
    })
    for (const { id } of [baseline, elsewhere]) {
      const answer = await instructor.post(`${url()}/${id}/members`, { email: ren.email })
      expect(refusal(answer)).toEqual([404, 'NOT_FOUND'])
    }
    expect((await entryOf(ren.client, round)).id).toBe(ren.entryId)
  })
})

describe('an entry of one’s own', () => {
  it('is made for who was in a team, and for nobody who is alone', async () => {
    await move(ren, hana)
    const own = () => instructor.post(url(), { email: ren.email })
    const expected = [
      ['Hana', 'Hana', 0],
      ['Ren', 'Ren', 0],
    ]
    expect(teams(await own())).toEqual(expected)
    expect(teams(await own())).toEqual(expected)
  })
})

describe('removing a member', () => {
  it('takes them out of the round', async () => {
    await move(ren, hana)
    expect(teams(await remove(hana.entryId, ren.userId))).toEqual([['Hana', 'Hana', 0]])
    const gone = await ren.client.get(`/api/rounds/${round.slug}/entry`)
    expect(refusal(gone)).toEqual([404, 'NOT_FOUND'])
  })

  it('is of a member of that team only', async () => {
    expect(refusal(await remove(hana.entryId, ren.userId))).toEqual([404, 'NOT_FOUND'])
  })
})

describe('merging', () => {
  it('moves members and submissions, whose quota adds; it is told and audited', async () => {
    const topics: string[] = []
    const unsubscribe = service.events.subscribe(({ topic }) => topics.push(topic))
    await submitted(hana, 20)
    const moved = await submitted(ren, 25)
    expect(teams(await merge(ren.entryId, hana.entryId))).toEqual([['Hana', 'Hana Ren', 2]])
    // The count of an entry's submissions is the quota that it used.
    expect(await service.prisma.submission.count({ where: { entryId: hana.entryId } })).toBe(2)
    const seen = (await hana.client.get(`/api/submissions/${moved}`)).json()
    expect(seen.entryName).toBe('Hana')
    expect(await service.prisma.entry.count({ where: { id: ren.entryId } })).toBe(0)

    const [event] = await service.prisma.auditEvent.findMany({ where: { action: 'entry.merge' } })
    expect(event).toMatchObject({
      subjectType: 'entry',
      subjectId: hana.entryId,
      before: {
        members: [hana.userId],
        submissions: 1,
        merged: { id: ren.entryId, name: 'Ren', members: [ren.userId], submissions: 1 },
      },
      after: { members: [hana.userId, ren.userId], submissions: 2 },
    })
    await expect.poll(() => topics).toContain(`leaderboard/${round.slug}`)
    expect(topics).toContain(`submission/${moved}`)
    unsubscribe()
  })

  it('keeps final picks while all together are within the round’s number', async () => {
    const picks = () => service.prisma.submission.count({ where: { roundId: round.id, finalPick: true } })
    await pick(await submitted(hana))
    await pick(await submitted(ren))
    await merge(ren.entryId, hana.entryId)
    expect(await picks()).toBe(2)
  })

  it('drops those of the entry that goes otherwise', async () => {
    const [kept, dropped] = [await submitted(hana), await submitted(ren)]
    for (const id of [kept, dropped]) await pick(id)
    await service.prisma.round.update({ where: { id: round.id }, data: { finalPicks: 1 } })
    await merge(ren.entryId, hana.entryId)
    const picked = await service.prisma.submission.findMany({ where: { roundId: round.id, finalPick: true } })
    expect(picked.map(({ id }) => id)).toEqual([kept])
  })

  it('changes nothing when the team would be too large, and with itself', async () => {
    await service.prisma.round.update({ where: { id: round.id }, data: { teamSize: 1 } })
    expect(refusal(await merge(ren.entryId, hana.entryId))).toEqual([409, 'TEAM_FULL'])
    expect(refusal(await merge(ren.entryId, ren.entryId))).toEqual([404, 'NOT_FOUND'])
    expect(teams(await instructor.get(url()))).toHaveLength(2)
  })
})

it('shows the pseudonyms beside the names, so that an instructor can tell whose they are', async () => {
  round = await seedRound(service, { rankingNames: 'PSEUDONYM' })
  await student('Hana')
  const [team] = (await instructor.get(url())).json().entries
  expect(team.name).toBe('Hana')
  expect(team.rankingName).toMatch(/^[A-Z][a-z]+ [A-Z][a-z]+ \d{3}$/)
})

it('is for instructors alone', async () => {
  const attempts = [
    ['GET', url()],
    ['POST', url(), { email: ren.email }],
    ['POST', `${url()}/${hana.entryId}/members`, { email: ren.email }],
    ['DELETE', `${url()}/${hana.entryId}/members/${hana.userId}`],
    ['POST', `${url()}/${ren.entryId}/merge`, { into: hana.entryId }],
  ] as const
  for (const [method, path, body] of attempts) {
    expect((await new TestClient(service.app).request(method, path, body)).statusCode).toBe(401)
    for (const { client } of [hana, ren]) {
      expect((await client.request(method, path, body)).statusCode, `${method} ${path}`).toBe(403)
    }
  }
  expect(teams(await instructor.get(url()))).toHaveLength(2)
})
