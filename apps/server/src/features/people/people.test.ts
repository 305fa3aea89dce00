import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { buildTestApp, type TestApp } from '../../../test/build-test-app.ts'
import type { Round } from '../../generated/prisma/client.ts'
import { TestClient } from '../../http/test-client.ts'
import { insertScored, registeredStudent, seedRound, signedInInstructor } from '../../http/test-data.ts'
import { accept, entryOf, invitation } from '../entries/test-teams.ts'
import { follow, idOf, importedRoster, linkFor } from './test-people.ts'

let service: TestApp
let instructor: TestClient
let round: Round
let student: TestClient
let id: string
beforeAll(async () => {
  service = await buildTestApp()
  instructor = await signedInInstructor(service)
})
afterAll(async () => {
  await service.close()
})
beforeEach(async () => {
  round = await seedRound(service, { teamSize: 2, visitorsMaySee: true })
  student = await registeredStudent(service, round, 'Hana')
  id = await idOf(student)
})

const act = (who: string, action: string) => instructor.post(`/api/people/${who}/${action}`)
const setRole = (client: TestClient, who: string, role: string) =>
  client.request('PUT', `/api/people/${who}/role`, { role })
const remove = (who: string) => instructor.request('DELETE', `/api/people/${who}`)
const logged = (action: string, subjectId: string) =>
  service.prisma.auditEvent.findMany({ where: { action, subjectId } })

describe('the list', () => {
  const list = async (query: string) => (await instructor.get(`/api/people${query}`)).json()

  it('finds people by name, address and number, with their state and entries', async () => {
    const mark = `Z${Date.now()}`
    await importedRoster(instructor, `学籍番号,氏名,メール\n${mark}-1,${mark},${mark}@example.jp`)
    for (const search of [mark.toLowerCase(), `${mark}@EXAMPLE`, `${mark}-1`]) {
      const { people, total } = await list(`?search=${search}`)
      expect([people.length, total]).toEqual([1, 1])
      expect(people[0]).toMatchObject({
        ...{ name: mark, studentNumber: `${mark}-1`, role: 'STUDENT', state: 'invited' },
        ...{ lastSignInAt: null, entries: [], linkExpiresAt: null },
      })
    }
    const { people } = await list(`?search=${(await student.get('/api/me')).json().me.email}`)
    expect(people).toMatchObject([
      { id, state: 'active', entries: [{ roundSlug: round.slug, roundTitle: 'Cup', name: 'Hana' }] },
    ])
    expect(Date.parse(people[0].lastSignInAt)).toBeGreaterThan(Date.now() - 60_000)
  })

  it('is narrowed to a state', async () => {
    await act(id, 'deactivate')
    const ids = async (state: string) =>
      (await list(`?search=hana&state=${state}`)).people.map((person: { id: string }) => person.id)
    expect(await ids('deactivated')).toContain(id)
    expect(await ids('active')).not.toContain(id)
    expect(await ids('invited')).not.toContain(id)
  })
})

describe('a role', () => {
  it('holds from the next request on, both ways', async () => {
    expect((await setRole(instructor, id, 'INSTRUCTOR')).json().role).toBe('INSTRUCTOR')
    expect((await student.get('/api/people')).statusCode).toBe(200)
    expect((await setRole(instructor, id, 'STUDENT')).json().role).toBe('STUDENT')
    expect((await student.get('/api/people')).statusCode).toBe(403)
    expect(await logged('account.change-role', id)).toMatchObject([
      { before: { role: 'STUDENT' }, after: { role: 'INSTRUCTOR' } },
      { before: { role: 'INSTRUCTOR' }, after: { role: 'STUDENT' } },
    ])
  })

  it('is not one’s own to change, nor is one’s access', async () => {
    const own = await idOf(instructor)
    for (const response of [
      await setRole(instructor, own, 'STUDENT'),
      await act(own, 'deactivate'),
      await remove(own),
    ]) {
      expect([response.statusCode, response.json().code]).toEqual([409, 'PERSON_SELF'])
    }
    expect((await instructor.get('/api/me')).json().me.role).toBe('INSTRUCTOR')
  })

  it('of the last instructor stays: of two who change each other at once, one does', async () => {
    const pair = [await signedInInstructor(service), await signedInInstructor(service)] as const
    const [one, other] = [await idOf(pair[0]), await idOf(pair[1])]
    const answers = await Promise.all([setRole(pair[0], other, 'STUDENT'), setRole(pair[1], one, 'STUDENT')])
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 403])
    const left = { id: { in: [one, other] }, role: 'INSTRUCTOR' as const }
    expect(await service.prisma.user.count({ where: left })).toBe(1)
  })
})

describe('deactivating', () => {
  it('ends sessions, keys and links at once', async () => {
    const { key } = (await student.post('/api/me/api-keys', { name: 'laptop', expiresInDays: 1 })).json()
    const script = () => new TestClient(service.app).get('/api/me', { 'x-api-key': key })
    const token = await linkFor(instructor, id)
    expect((await script()).statusCode).toBe(200)
    expect((await act(id, 'deactivate')).json().state).toBe('deactivated')
    expect((await student.get('/api/me')).json()).toEqual({ me: null })
    expect((await script()).statusCode).toBe(401)
    expect((await follow(service, token)).response.statusCode).toBe(403)
    // Nothing of it comes back with the account.
    expect((await act(id, 'reactivate')).json().state).toBe('active')
    expect((await student.get('/api/me')).json()).toEqual({ me: null })
    expect((await script()).statusCode).toBe(401)
    expect((await follow(service, token)).response.statusCode).toBe(403)
    expect(await logged('account.deactivate', id)).toHaveLength(1)
    expect(await logged('account.reactivate', id)).toHaveLength(1)
  })

  it('ends the stream of events', async () => {
    const origin = await service.app.listen({ host: '127.0.0.1', port: 0 })
    const response = await fetch(`${origin}/api/events`, { headers: { cookie: student.cookie } })
    const ended = response.text()
    await act(id, 'deactivate')
    expect(await ended).toContain('hello')
  })

  it('lets nobody in until it is taken back', async () => {
    const { email } = (await student.get('/api/me')).json().me
    const signIn = () =>
      new TestClient(service.app).post('/api/auth/sign-in/email', {
        email,
        password: 'correct horse battery',
      })
    await act(id, 'deactivate')
    expect((await signIn()).statusCode).toBe(401)
    await act(id, 'reactivate')
    expect((await signIn()).statusCode).toBe(204)
  })
})

describe('deleting', () => {
  const board = async (view = '') =>
    (await new TestClient(service.app).get(`/api/rounds/${round.slug}/leaderboard${view}`)).json().rows
  const scored = async (client: TestClient, correct: number) => {
    const { id: entryId } = await entryOf(client, round)
    const score = {
      public: { correct, total: 30, top5Correct: 30 },
      private: { correct, total: 70, top5Correct: 70 },
    }
    return insertScored(service, { round, entryId, ...score })
  }

  it('takes name, address, number and every way in, and leaves ranks and scores as they were', async () => {
    await scored(student, 20)
    await scored(await registeredStudent(service, round, 'Ren'), 25)
    await scored(await registeredStudent(service, round, 'Mei'), 10)
    const { email } = (await student.get('/api/me')).json().me
    await service.prisma.user.update({ where: { id }, data: { studentNumber: `N-${id}` } })
    await instructor.post(`/api/rounds/${round.slug}/close`)
    await instructor.post(`/api/rounds/${round.slug}/publish`, {})
    const before = { public: await board(), final: await board('?view=final') }

    expect((await remove(id)).statusCode).toBe(204)
    const expected = (rows: { name: string }[]) =>
      rows.map((row) => (row.name === 'Hana' ? { ...row, name: '退会者' } : row))
    expect(before.final).toHaveLength(3)
    // Rankings are kept in memory until the event of a change has come.
    await vi.waitFor(async () => {
      expect(await board()).toEqual(expected(before.public))
      expect(await board('?view=final')).toEqual(expected(before.final))
    })

    const row = await service.prisma.user.findUniqueOrThrow({ where: { id } })
    expect(row).toMatchObject({ name: '退会者', email: `${id}@deleted.invalid`, studentNumber: null })
    expect(await service.prisma.account.count({ where: { userId: id } })).toBe(0)
    expect((await student.get('/api/me')).json()).toEqual({ me: null })
    expect((await instructor.get(`/api/people/${id}`)).statusCode).toBe(404)
    expect((await instructor.get(`/api/people?search=${id}`)).json().total).toBe(0)
    const log = JSON.stringify(await service.prisma.auditEvent.findMany({ where: { subjectId: id } }))
    expect(log).toContain('account.delete')
    expect(log).not.toContain(email)
    // The address is free again, for another person.
    expect(await importedRoster(instructor, `氏名,メール\nHana,${email}`)).toMatchObject([
      { fate: 'invited' },
    ])
  })

  it('leaves the name of a team of several', async () => {
    const friend = await registeredStudent(service, round, 'Ren')
    await accept(friend, await invitation(student, round))
    await remove(id)
    const { name, members } = await entryOf(friend, round)
    expect([name, ...members.map((member: { name: string }) => member.name)]).toEqual([
      'Hana',
      '退会者',
      'Ren',
    ])
  })

  it('is for nobody whom there is not', async () => {
    await remove(id)
    expect((await remove(id)).statusCode).toBe(404)
    expect((await act(id, 'reactivate')).statusCode).toBe(404)
  })
})
