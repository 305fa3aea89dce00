import type { LightMyRequestResponse } from 'fastify'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { buildTestApp, type TestApp } from '../../../test/build-test-app.ts'
import type { Round } from '../../generated/prisma/client.ts'
import { buildPerson, TestClient } from '../../http/test-client.ts'
import { insertScored, registeredStudent, seedRound, signedInInstructor } from '../../http/test-data.ts'
import { accept, entryOf, invitation, memberNames } from './test-teams.ts'

let service: TestApp
let round: Round
let hana: TestClient
let ren: TestClient
beforeAll(async () => {
  service = await buildTestApp()
})
afterAll(async () => {
  await service.close()
})
beforeEach(async () => {
  round = await seedRound(service, { teamSize: 2 })
  hana = await registeredStudent(service, round, 'Hana')
  ren = await registeredStudent(service, round, 'Ren')
})

const refusal = (response: LightMyRequestResponse) => [response.statusCode, response.json().code]
const leave = (client: TestClient) => client.post(`/api/rounds/${round.slug}/entry/leave`)
const renew = (client: TestClient) => client.request('PUT', `/api/rounds/${round.slug}/entry/invite`)

async function submitted(client: TestClient): Promise<void> {
  const { id: entryId } = await entryOf(client, round)
  await insertScored(service, { round, entryId, public: { correct: 1, total: 30, top5Correct: 1 } })
}
async function close(): Promise<void> {
  await service.prisma.round.update({ where: { id: round.id }, data: { closesAt: new Date() } })
}

describe('an invitation', () => {
  it('tells whoever has the link what it is to, without an account', async () => {
    const code = await invitation(hana, round)
    const response = await new TestClient(service.app).get(`/api/invites/${code}`)
    expect(response.json()).toEqual({
      roundSlug: round.slug,
      roundTitle: 'Cup',
      teamName: 'Hana',
      members: ['Hana'],
      teamSize: 2,
    })
  })

  it('makes another student of the round a member, whose own entry goes', async () => {
    const code = await invitation(hana, round)
    const joined = await accept(ren, code)
    expect(joined.statusCode, joined.body).toBe(200)
    expect(joined.json()).toMatchObject({ name: 'Hana', locked: false })
    expect(memberNames(joined.json())).toEqual(['Hana', 'Ren'])
    expect(await entryOf(ren, round)).toEqual(await entryOf(hana, round))
    expect(await service.prisma.entry.count({ where: { roundId: round.id } })).toBe(1)
    // Twice is as good as once.
    expect((await accept(ren, code)).json()).toEqual(joined.json())
  })

  it('leaves the others in the team that its guest was in', async () => {
    const other = await registeredStudent(service, round, 'Mei')
    await accept(ren, await invitation(other, round))
    await accept(ren, await invitation(hana, round))
    expect(memberNames(await entryOf(other, round))).toEqual(['Mei'])
    expect(memberNames(await entryOf(hana, round))).toEqual(['Hana', 'Ren'])
  })

  it('is void once it is renewed or taken back', async () => {
    const old = await invitation(hana, round)
    const present = await invitation(hana, round)
    expect(present).not.toBe(old)
    expect(refusal(await accept(ren, old))).toEqual([404, 'INVITE_UNKNOWN'])
    const url = `/api/rounds/${round.slug}/entry/invite`
    expect((await hana.request('DELETE', url)).json().inviteCode).toBeNull()
    expect(refusal(await accept(ren, present))).toEqual([404, 'INVITE_UNKNOWN'])
    expect(refusal(await ren.get(`/api/invites/${present}`))).toEqual([404, 'INVITE_UNKNOWN'])
    expect(memberNames(await entryOf(ren, round))).toEqual(['Ren'])
  })

  it('is not made by who has not joined, nor for a team that is full', async () => {
    const stranger = await registeredStudent(service, await seedRound(service))
    expect(refusal(await renew(stranger))).toEqual([404, 'NOT_FOUND'])
    await accept(ren, await invitation(hana, round))
    expect(refusal(await renew(hana))).toEqual([409, 'TEAM_FULL'])
  })

  it('is shown to no other team', async () => {
    const code = await invitation(hana, round)
    for (const path of ['', '/entry', '/leaderboard', '/leaderboard.csv', '/submissions']) {
      expect((await ren.get(`/api/rounds/${round.slug}${path}`)).body).not.toContain(code)
    }
  })

  it('is refused when the team is full', async () => {
    const code = await invitation(hana, round)
    await accept(ren, code)
    const third = await registeredStudent(service, round, 'Mei')
    const response = await accept(third, code)
    expect([...refusal(response), response.json().params]).toEqual([409, 'TEAM_FULL', { limit: 2 }])
    expect(memberNames(await entryOf(third, round))).toEqual(['Mei'])
  })

  it('gives the last place to one only, when several accept at once', async () => {
    const code = await invitation(hana, round)
    const guests = await Promise.all(
      ['Mei', 'Sora', 'Yui', 'Kai'].map((name) => registeredStudent(service, round, name)),
    )
    const answers = await Promise.all(guests.map((guest) => accept(guest, code)))
    expect(answers.map((answer) => answer.json().code ?? 'joined').sort()).toEqual([
      'TEAM_FULL',
      'TEAM_FULL',
      'TEAM_FULL',
      'joined',
    ])
    expect((await entryOf(hana, round)).members).toHaveLength(2)
    // Hana's team with its guest, Ren, and the three who were refused.
    expect(await service.prisma.entry.count({ where: { roundId: round.id } })).toBe(5)
  })

  it('can be accepted by two who invite each other at once: one follows the other', async () => {
    const [toHana, toRen] = [await invitation(hana, round), await invitation(ren, round)]
    const answers = await Promise.all([accept(ren, toHana), accept(hana, toRen)])
    // The invitation of who followed is gone with their entry.
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 404])
    expect((await entryOf(hana, round)).id).toBe((await entryOf(ren, round)).id)
  })
})

describe('leaving', () => {
  it('gives the person an entry of their own', async () => {
    await accept(ren, await invitation(hana, round))
    const own = (await leave(hana)).json()
    expect([own.name, ...memberNames(own)]).toEqual(['Hana 2', 'Hana'])
    expect(memberNames(await entryOf(ren, round))).toEqual(['Ren'])
  })

  it('is nothing for who is alone', async () => {
    const before = await entryOf(hana, round)
    expect((await leave(hana)).json()).toEqual(before)
  })
})

describe('members change only before the entry’s first submission', () => {
  it('of the entry that invites', async () => {
    const code = await invitation(hana, round)
    await submitted(hana)
    expect(refusal(await accept(ren, code))).toEqual([409, 'TEAM_LOCKED'])
    expect(refusal(await renew(hana))).toEqual([409, 'TEAM_LOCKED'])
    expect((await entryOf(hana, round)).locked).toBe(true)
  })

  it('of the entry that the guest would leave', async () => {
    const code = await invitation(hana, round)
    await submitted(ren)
    expect(refusal(await accept(ren, code))).toEqual([409, 'TEAM_LOCKED'])
    expect(memberNames(await entryOf(ren, round))).toEqual(['Ren'])
  })

  it('for leaving too', async () => {
    await accept(ren, await invitation(hana, round))
    await submitted(hana)
    expect(refusal(await leave(ren))).toEqual([409, 'TEAM_LOCKED'])
  })

  it('but its name may', async () => {
    await submitted(hana)
    const url = `/api/rounds/${round.slug}/entry`
    expect((await hana.request('PUT', url, { name: 'Team 花' })).json().name).toBe('Team 花')
  })
})

it('who of a team submitted is told to its members and instructors, and to nobody else', async () => {
  await accept(ren, await invitation(hana, round))
  await submitted(ren)
  const { id: entryId } = await entryOf(ren, round)
  const { userId } = await service.prisma.entryMember.findFirstOrThrow({
    where: { entryId, user: { name: 'Ren' } },
  })
  await service.prisma.submission.updateMany({ where: { entryId }, data: { submittedById: userId } })
  const url = `/api/rounds/${round.slug}`
  for (const viewer of [hana, ren, await signedInInstructor(service)]) {
    const { submissions } = (await viewer.get(`${url}/submissions`)).json()
    expect(submissions).toMatchObject([{ entryName: 'Hana', submittedBy: 'Ren' }])
  }
  await service.prisma.round.update({ where: { id: round.id }, data: { visitorsMaySee: true } })
  const { id } = await service.prisma.submission.findFirstOrThrow({ where: { entryId } })
  const mei = await registeredStudent(service, round, 'Mei')
  for (const viewer of [mei, new TestClient(service.app)]) {
    for (const path of [url, `${url}/leaderboard`, `${url}/leaderboard.csv`, `${url}/submissions`]) {
      expect((await viewer.get(path)).body).not.toMatch(/Ren|submittedBy/)
    }
    expect((await viewer.get(`/api/submissions/${id}`)).body).not.toContain('Ren')
  }
})

it('is frozen at the close: nothing of a team changes', async () => {
  const code = await invitation(hana, round)
  await close()
  const url = `/api/rounds/${round.slug}/entry`
  const answers = [
    await accept(ren, code),
    await renew(hana),
    await leave(hana),
    await hana.request('PUT', url, { name: 'Too late' }),
    await new TestClient(service.app).post('/api/register', { ...buildPerson(), inviteCode: code }),
  ]
  for (const answer of answers) expect(refusal(answer)).toEqual([409, 'ROUND_CLOSED'])
})

describe('registering with an invitation', () => {
  const register = (code: string, person = buildPerson({ name: 'Mei' })) =>
    new TestClient(service.app).post('/api/register', { ...person, inviteCode: code })

  it('makes a member, and no entry beside', async () => {
    const response = await register(await invitation(hana, round))
    expect([response.statusCode, response.json()]).toEqual([201, { roundSlug: round.slug }])
    expect(memberNames(await entryOf(hana, round))).toEqual(['Hana', 'Mei'])
    expect(await service.prisma.entry.count({ where: { roundId: round.id } })).toBe(2)
  })

  it('makes no account where there is no place', async () => {
    const code = await invitation(hana, round)
    await accept(ren, code)
    const person = buildPerson()
    expect(refusal(await register(code, person))).toEqual([409, 'TEAM_FULL'])
    expect(refusal(await register('unknown', person))).toEqual([404, 'INVITE_UNKNOWN'])
    expect(await service.prisma.user.count({ where: { email: person.email } })).toBe(0)
  })

  it('takes a code or an invitation, not both', async () => {
    const body = { ...buildPerson(), joinCode: round.joinCode, inviteCode: await invitation(hana, round) }
    expect((await new TestClient(service.app).post('/api/register', body)).statusCode).toBe(400)
  })
})
