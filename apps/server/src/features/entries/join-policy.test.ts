import type { LightMyRequestResponse } from 'fastify'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { buildTestApp, type TestApp } from '../../../test/build-test-app.ts'
import { buildPerson, TestClient } from '../../http/test-client.ts'
import { registeredStudent, seedRound, signedInInstructor } from '../../http/test-data.ts'
import { accept, entryOf, invitation, memberNames } from './test-teams.ts'

let service: TestApp
let stranger: TestClient
let visitor: TestClient
beforeAll(async () => {
  service = await buildTestApp()
})
afterAll(async () => {
  await service.close()
})
beforeEach(async () => {
  stranger = await registeredStudent(service, await seedRound(service), 'Sora')
  visitor = new TestClient(service.app)
})

const refusal = (response: LightMyRequestResponse) => [response.statusCode, response.json().code]
const join = (client: TestClient, slug: string, joinCode?: string) =>
  client.post(`/api/rounds/${slug}/join`, joinCode === undefined ? {} : { joinCode })

describe('CODE', () => {
  it('needs the code, or an invitation, which is enough', async () => {
    const round = await seedRound(service, { teamSize: 2, visitorsMaySee: true })
    expect(refusal(await join(stranger, round.slug))).toEqual([404, 'JOIN_CODE_UNKNOWN'])
    const hana = await registeredStudent(service, round, 'Hana')
    expect((await accept(stranger, await invitation(hana, round))).statusCode).toBe(200)
    expect(memberNames(await entryOf(stranger, round))).toEqual(['Hana', 'Sora'])
  })
})

describe('OPEN', () => {
  it('lets whoever is signed in join without a code, and see that they can', async () => {
    const round = await seedRound(service, { joinPolicy: 'OPEN' })
    expect((await visitor.get(`/api/rounds/${round.slug}`)).statusCode).toBe(404)
    expect((await stranger.get(`/api/rounds/${round.slug}`)).statusCode).toBe(200)
    expect((await join(stranger, round.slug)).json()).toMatchObject({ name: 'Sora' })
  })

  it('shows nobody a draft', async () => {
    const round = await seedRound(service, { joinPolicy: 'OPEN', opensAt: null })
    expect(refusal(await join(stranger, round.slug))).toEqual([404, 'NOT_FOUND'])
  })
})

describe('registering without a code', () => {
  const register = () => new TestClient(service.app).post('/api/register', buildPerson())
  beforeEach(async () => {
    await service.prisma.round.updateMany({ data: { joinPolicy: 'CODE' } })
  })

  it('is possible while a round that visitors see is open to all; it joins nothing', async () => {
    const round = await seedRound(service, { joinPolicy: 'OPEN', visitorsMaySee: true })
    const person = buildPerson()
    const response = await visitor.post('/api/register', person)
    expect([response.statusCode, response.json()]).toEqual([201, { roundSlug: null }])
    expect((await visitor.get('/api/me')).json().me).toMatchObject({ email: person.email, role: 'STUDENT' })
    expect(await service.prisma.entry.count({ where: { roundId: round.id } })).toBe(0)
    expect((await join(visitor, round.slug)).statusCode).toBe(200)
  })

  it.each([
    ['only signed-in people see it', { joinPolicy: 'OPEN', visitorsMaySee: false }],
    ['it needs a code', { joinPolicy: 'CODE', visitorsMaySee: true }],
    ['it has a list', { joinPolicy: 'ROSTER', visitorsMaySee: true }],
    ['it is a draft', { joinPolicy: 'OPEN', visitorsMaySee: true, opensAt: null }],
    ['it is over', { joinPolicy: 'OPEN', visitorsMaySee: true, closesAt: new Date('2026-01-02') }],
  ] as const)('is refused when of the only round %s', async (_why, settings) => {
    await seedRound(service, settings)
    expect(refusal(await register())).toEqual([403, 'REGISTRATION_CLOSED'])
  })
})

describe('ROSTER', () => {
  it('refuses code and invitation to who is not on the list', async () => {
    const round = await seedRound(service, { teamSize: 3 })
    const hana = await registeredStudent(service, round, 'Hana')
    const code = await invitation(hana, round)
    await service.prisma.round.update({ where: { id: round.id }, data: { joinPolicy: 'ROSTER' } })
    const person = buildPerson()
    const answers = [
      await join(stranger, round.slug, round.joinCode),
      await accept(stranger, code),
      await visitor.get(`/api/join-codes/${round.joinCode}`),
      await visitor.post('/api/register', { ...person, joinCode: round.joinCode }),
      await visitor.post('/api/register', { ...person, inviteCode: code }),
    ]
    for (const answer of answers) expect(refusal(answer)).toEqual([403, 'JOIN_ROSTER_ONLY'])
    expect(await service.prisma.user.count({ where: { email: person.email } })).toBe(0)
    // Who is in the round keeps their entry.
    expect((await join(hana, round.slug, round.joinCode)).json().name).toBe('Hana')
  })

  it('lets those on the list make teams by invitation', async () => {
    const round = await seedRound(service, { teamSize: 2, joinPolicy: 'ROSTER' })
    const instructor = await signedInInstructor(service)
    const clients = [new TestClient(service.app), new TestClient(service.app)] as const
    for (const [at, client] of clients.entries()) {
      const person = buildPerson({ name: `Person ${at}` })
      const { joinCode } = await seedRound(service)
      await client.post('/api/register', { ...person, joinCode })
      const put = await instructor.post(`/api/rounds/${round.slug}/entries`, { email: person.email })
      expect(put.statusCode, put.body).toBe(200)
    }
    const [first, second] = clients
    expect((await accept(second, await invitation(first, round))).statusCode).toBe(200)
    expect(memberNames(await entryOf(first, round))).toEqual(['Person 0', 'Person 1'])
  })
})
