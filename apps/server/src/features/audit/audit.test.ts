import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildTestApp, type TestApp } from '../../../test/build-test-app.ts'
import { TestClient } from '../../http/test-client.ts'
import { registeredStudent, seedRound, signedInInstructor } from '../../http/test-data.ts'
import { recordAudit } from './audit.repository.ts'

let service: TestApp
let teacher: TestClient
let student: TestClient
let teacherId: string
beforeAll(async () => {
  service = await buildTestApp()
  teacher = await signedInInstructor(service)
  student = await registeredStudent(service, await seedRound(service))
  teacherId = (await teacher.get('/api/me')).json().me.id
  await service.prisma.user.update({ where: { id: teacherId }, data: { name: '田中 Hanako' } })
})
afterAll(async () => {
  await service.close()
})

const minute = (value: number) => new Date(Date.UTC(2030, 0, 1, 0, value))
/** An event at a minute of its own, or of others. */
const insert = (action: string, subjectId: string, at: Date, fields: object = {}) =>
  service.prisma.auditEvent.create({
    data: {
      actorId: teacherId,
      action,
      subjectType: 'test',
      subjectId,
      at,
      ipAddress: '10.0.0.7',
      ...fields,
    },
  })
const page = async (query: string) => (await teacher.get(`/api/audit?${query}`)).json()
const subjects = async (query: string): Promise<string[]> =>
  (await page(query)).events.map(({ subjectId }: { subjectId: string }) => subjectId)

describe('the audit log', () => {
  it('tells who did what, before and after, when and from where', async () => {
    const fields = {
      before: { title: 'A', closesAt: null },
      after: { title: 'B', closesAt: '2026-12-01T00:00:00Z' },
    }
    const { id } = await insert('round.update', 'one', minute(1), fields)
    expect((await page('subject=one')).events).toEqual([
      {
        id,
        at: '2030-01-01T00:01:00.000Z',
        actor: { id: teacherId, name: '田中 Hanako', email: expect.stringContaining('@example.test') },
        action: 'round.update',
        subjectType: 'test',
        subjectId: 'one',
        ...fields,
        ipAddress: '10.0.0.7',
      },
    ])
  })

  it('says what its ids and the addresses of rounds are called now', async () => {
    const slug = 'named-round'
    await seedRound(service, { slug, title: '名前の大会' })
    await insert('named.make', slug, minute(8), {
      after: { people: [{ id: teacherId }], gone: randomUUID() },
    })
    expect((await page('action=named.')).names).toEqual({ [slug]: '名前の大会', [teacherId]: '田中 Hanako' })
  })

  it('is filtered by person, beginning of the action, subject and time', async () => {
    await insert('alpha.make', 'a', minute(10))
    await insert('alpha.mend', 'b', minute(11))
    await insert('beta.make', 'c', minute(12), { actorId: null })
    expect(await subjects('action=alpha.')).toEqual(['b', 'a'])
    expect(await subjects('action=alpha.make')).toEqual(['a'])
    expect(await subjects(`action=alpha.&who=${encodeURIComponent('hanako')}`)).toEqual(['b', 'a'])
    expect(await subjects('action=alpha.&who=nobody')).toEqual([])
    expect(await subjects('action=beta.')).toEqual(['c'])
    expect(await subjects('action=beta.&who=a')).toEqual([])
    expect(await subjects('from=2030-01-01T00:11:00Z&to=2030-01-01T00:12:00Z')).toEqual(['b'])
    expect((await teacher.get('/api/audit?from=yesterday')).statusCode).toBe(400)
    expect((await teacher.get('/api/audit?after=1_2')).statusCode).toBe(400)
  })

  it('comes in pages of a hundred, none twice and none left out, also of one moment', async () => {
    const data = Array.from({ length: 230 }, (_, index) => ({
      action: 'many.make',
      subjectType: 'test',
      subjectId: `n${index}`,
      // Groups of 50 at one time, across the borders of pages.
      at: minute(20 + Math.floor(index / 50)),
    }))
    await service.prisma.auditEvent.createMany({ data })
    const seen: string[] = []
    const sizes: number[] = []
    for (let after: string | null = ''; after !== null; ) {
      const { events, next }: { events: { subjectId: string }[]; next: string | null } = await page(
        `action=many.${after === '' ? '' : `&after=${after}`}`,
      )
      seen.push(...events.map(({ subjectId }) => subjectId))
      sizes.push(events.length)
      after = next
    }
    expect(sizes).toEqual([100, 100, 30])
    expect(new Set(seen).size).toBe(230)
    expect(seen[0]).toMatch(/^n2[0-2]\d$/)
  })

  it('can be taken away as a table that a spreadsheet opens without running anything', async () => {
    await insert('csv.make', '=1+1', minute(50), { after: { note: 'a,"b"' }, ipAddress: '@SUM(A1)' })
    await insert('csv.make', '-2', minute(51))
    await insert('round.open', '\tx', minute(52), { action: 'csv.open' })
    const { headers, body } = await teacher.get('/api/audit.csv?action=csv.', { 'accept-language': 'ja' })
    expect(headers).toMatchObject({
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="audit.csv"',
    })
    const { email } = await service.prisma.user.findUniqueOrThrow({ where: { id: teacherId } })
    expect(body.split('\r\n')).toEqual([
      '\ufeffat,actor_name,actor_email,action,action_name,subject_type,subject_id,before,after,ip_address',
      `2030-01-01T00:52:00.000Z,田中 Hanako,${email},csv.open,csv.open,test,'\tx,,,10.0.0.7`,
      `2030-01-01T00:51:00.000Z,田中 Hanako,${email},csv.make,csv.make,test,'-2,,,10.0.0.7`,
      `2030-01-01T00:50:00.000Z,田中 Hanako,${email},csv.make,csv.make,test,'=1+1,,"{""note"":""a,\\""b\\""""}",'@SUM(A1)`,
      '',
    ])
    await insert('round.open', 'words', minute(53))
    const inWords = await teacher.get('/api/audit.csv?subject=words', { 'accept-language': 'ja' })
    expect(inWords.body).toContain(',round.open,ラウンドを開始,')
  })

  it('is for instructors', async () => {
    for (const path of ['/api/audit', '/api/audit.csv']) {
      expect((await student.get(path)).statusCode).toBe(403)
      expect((await new TestClient(service.app).get(path)).statusCode).toBe(401)
    }
  })

  it('takes new events, and lets nobody change, delete or empty it', async () => {
    await recordAudit(service.prisma, {
      actor: { id: null, ipAddress: null },
      action: 'backup.create',
      subjectType: 'backup',
      subjectId: 'kept',
    })
    const statements = [
      `UPDATE "AuditEvent" SET "action" = 'z'`,
      `DELETE FROM "AuditEvent" WHERE "subjectId" = 'kept'`,
      'TRUNCATE "AuditEvent"',
      'TRUNCATE "User" CASCADE',
    ]
    for (const statement of statements) {
      await expect(service.prisma.$executeRawUnsafe(statement), statement).rejects.toThrow('append-only')
      // Nor where triggers are told to sleep.
      const asleep = service.prisma.$transaction([
        service.prisma.$executeRawUnsafe('SET LOCAL session_replication_role = replica'),
        service.prisma.$executeRawUnsafe(statement),
      ])
      await expect(asleep, statement).rejects.toThrow('append-only')
    }
    expect(await subjects('action=backup.create')).toEqual(['kept'])
    expect(await service.prisma.auditEvent.count({ where: { action: 'backup.create' } })).toBe(1)
  })
})
