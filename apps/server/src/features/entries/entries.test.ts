import { afterAll, beforeAll, expect, it } from 'vitest'
import { buildTestApp, type TestApp } from '../../../test/build-test-app.ts'
import { buildPerson, TestClient } from '../../http/test-client.ts'
import { registeredStudent, seedRound } from '../../http/test-data.ts'

let service: TestApp
beforeAll(async () => {
  service = await buildTestApp()
})
afterAll(async () => {
  await service.close()
})

it('lets a student join another round with its code, once', async () => {
  const student = await registeredStudent(service, await seedRound(service), 'Hana')
  const round = await seedRound(service)
  const join = () => student.post(`/api/rounds/${round.slug}/join`, { joinCode: round.joinCode })
  const first = await join()
  expect(first.statusCode).toBe(200)
  expect(first.json()).toMatchObject({ name: 'Hana', members: [{ name: 'Hana' }] })
  expect((await join()).json()).toEqual(first.json())
  expect(await service.prisma.entry.count({ where: { roundId: round.id } })).toBe(1)
})

it('refuses a wrong code, and the code of another round', async () => {
  const [round, other] = [await seedRound(service), await seedRound(service)]
  const student = await registeredStudent(service, other)
  for (const joinCode of ['WRONG', other.joinCode]) {
    const response = await student.post(`/api/rounds/${round.slug}/join`, { joinCode })
    expect([response.statusCode, response.json().code]).toEqual([404, 'JOIN_CODE_UNKNOWN'])
  }
  expect((await student.get(`/api/rounds/${round.slug}/entry`)).statusCode).toBe(404)
})

it('tells people of one name apart, even when they join at once', async () => {
  const round = await seedRound(service)
  const clients = [1, 2, 3, 4].map(() => new TestClient(service.app))
  await Promise.all(
    clients.map((client) =>
      client.post('/api/register', { ...buildPerson({ name: 'Sato' }), joinCode: round.joinCode }),
    ),
  )
  const entries = await service.prisma.entry.findMany({
    where: { roundId: round.id },
    orderBy: { name: 'asc' },
  })
  expect(entries.map(({ name }) => name)).toEqual(['Sato', 'Sato 2', 'Sato 3', 'Sato 4'])
})

it('keeps a name of full length within the limit when it has to be told apart', async () => {
  const round = await seedRound(service)
  const name = 'x'.repeat(60)
  await registeredStudent(service, round, name)
  const second = await registeredStudent(service, round, name)
  expect((await second.get(`/api/rounds/${round.slug}/entry`)).json().name).toBe(`${'x'.repeat(58)} 2`)
})

it('can be renamed by its members, to a name that is free', async () => {
  const round = await seedRound(service)
  const [hana, ren] = [
    await registeredStudent(service, round, 'Hana'),
    await registeredStudent(service, round, 'Ren'),
  ]
  const url = `/api/rounds/${round.slug}/entry`
  expect((await hana.request('PUT', url, { name: ' Team 花 ' })).json().name).toBe('Team 花')
  const taken = await ren.request('PUT', url, { name: 'Team 花' })
  expect([taken.statusCode, taken.json().code]).toEqual([409, 'ENTRY_NAME_TAKEN'])
  expect((await ren.request('PUT', url, { name: '  ' })).statusCode).toBe(400)
  expect((await ren.get(url)).json().name).toBe('Ren')
})

it('is nothing for who sees the round without having joined', async () => {
  const round = await seedRound(service, { visitorsMaySee: true })
  const stranger = await registeredStudent(service, await seedRound(service))
  const url = `/api/rounds/${round.slug}/entry`
  for (const response of [await stranger.get(url), await stranger.request('PUT', url, { name: 'Mine' })]) {
    expect([response.statusCode, response.json().code]).toEqual([403, 'ROUND_NOT_JOINED'])
  }
})
