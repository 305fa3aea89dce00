import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildTestApp, type TestApp } from '../../../test/build-test-app.ts'
import type { Round } from '../../generated/prisma/client.ts'
import { TestClient } from '../../http/test-client.ts'
import { registeredStudent, seedRound, signedInInstructor } from '../../http/test-data.ts'

let service: TestApp
let instructor: TestClient
let clock = new Date('2026-11-23T10:00:00Z')
beforeAll(async () => {
  service = await buildTestApp({ now: () => clock })
  instructor = await signedInInstructor(service)
})
afterAll(async () => {
  await service.close()
})

const path = ({ slug }: Round) => `/api/rounds/${slug}/announcements`
async function posted(round: Round, body: string): Promise<{ id: string }> {
  const response = await instructor.post(path(round), { body })
  expect(response.statusCode, response.body).toBe(201)
  return response.json()
}
const listFor = async (round: Round, client: TestClient) =>
  (await client.get(path(round))).json().announcements

describe('an announcement', () => {
  it('is posted, edited and deleted by an instructor, and each is recorded', async () => {
    const round = await seedRound(service)
    const { id } = await posted(round, ' # Data\n\nTwo images were *wrong*. ')
    clock = new Date('2026-11-23T11:00:00Z')
    const edited = await instructor.request('PATCH', `${path(round)}/${id}`, { body: 'Three images.' })
    expect(edited.json()).toEqual({
      id,
      body: 'Three images.',
      createdAt: '2026-11-23T10:00:00.000Z',
      updatedAt: '2026-11-23T11:00:00.000Z',
      read: true,
    })
    expect((await instructor.request('DELETE', `${path(round)}/${id}`)).statusCode).toBe(204)
    expect(await listFor(round, instructor)).toEqual([])
    const events = await service.prisma.auditEvent.findMany({
      where: { subjectId: id },
      orderBy: { at: 'asc' },
    })
    const [first, second] = ['# Data\n\nTwo images were *wrong*.', 'Three images.']
    expect(events.map(({ action, before, after }) => [action, before, after])).toEqual([
      ['announcement.post', null, { round: round.slug, body: first }],
      ['announcement.edit', { round: round.slug, body: first }, { round: round.slug, body: second }],
      ['announcement.delete', { round: round.slug, body: second }, null],
    ])
  })

  it('is unread until it is read, for each reader apart, the newest first', async () => {
    const round = await seedRound(service, { visitorsMaySee: true })
    const [hana, ren] = [await registeredStudent(service, round), await registeredStudent(service, round)]
    const older = await posted(round, 'older')
    clock = new Date(clock.getTime() + 1000)
    const newer = await posted(round, 'newer')
    const readBy = async (client: TestClient) =>
      (await listFor(round, client)).map((one: { id: string; read: boolean }) => [one.id, one.read])
    const read = async () => (await hana.post(`${path(round)}/${older.id}/read`)).statusCode
    expect([await read(), await read()]).toEqual([204, 204])
    expect(await readBy(hana)).toEqual([
      [newer.id, false],
      [older.id, true],
    ])
    expect(await readBy(ren)).toEqual([
      [newer.id, false],
      [older.id, false],
    ])
    expect(
      (await readBy(new TestClient(service.app))).map(([, isRead]: [string, boolean]) => isRead),
    ).toEqual([true, true])
  })

  it('stays read when its words are changed', async () => {
    const round = await seedRound(service)
    const student = await registeredStudent(service, round)
    const { id } = await posted(round, 'Tpyo')
    await student.post(`${path(round)}/${id}/read`)
    await instructor.request('PATCH', `${path(round)}/${id}`, { body: 'Typo' })
    expect(await listFor(round, student)).toMatchObject([{ body: 'Typo', read: true }])
  })

  it('without words is refused', async () => {
    const round = await seedRound(service)
    expect((await instructor.post(path(round), { body: '  ' })).statusCode).toBe(400)
  })
})

describe('who may', () => {
  it('read: whoever may see the round', async () => {
    const hidden = await seedRound(service)
    const { id } = await posted(hidden, 'secret')
    const stranger = await registeredStudent(service, await seedRound(service))
    for (const client of [stranger, new TestClient(service.app)]) {
      expect((await client.get(path(hidden))).statusCode).toBe(404)
    }
    expect((await stranger.post(`${path(hidden)}/${id}/read`)).statusCode).toBe(404)
    expect((await new TestClient(service.app).post(`${path(hidden)}/${id}/read`)).statusCode).toBe(401)
  })

  it('write: instructors only', async () => {
    const round = await seedRound(service, { visitorsMaySee: true })
    const { id } = await posted(round, 'words')
    const student = await registeredStudent(service, round)
    for (const [client, status] of [
      [student, 403],
      [new TestClient(service.app), 401],
    ] as const) {
      const body = { body: 'mine' }
      expect((await client.post(path(round), body)).statusCode).toBe(status)
      expect((await client.request('PATCH', `${path(round)}/${id}`, body)).statusCode).toBe(status)
      expect((await client.request('DELETE', `${path(round)}/${id}`)).statusCode).toBe(status)
    }
    expect(await listFor(round, student)).toMatchObject([{ body: 'words' }])
  })

  it('nobody, through the address of another round', async () => {
    const [round, other] = [await seedRound(service), await seedRound(service)]
    const { id } = await posted(round, 'words')
    for (const response of [
      await instructor.request('PATCH', `${path(other)}/${id}`, { body: 'moved' }),
      await instructor.request('DELETE', `${path(other)}/${id}`),
      await instructor.post(`${path(other)}/${id}/read`),
    ]) {
      expect(response.statusCode).toBe(404)
    }
  })
})
