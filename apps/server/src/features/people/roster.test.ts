import iconv from 'iconv-lite'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { buildTestApp, type TestApp } from '../../../test/build-test-app.ts'
import type { Round } from '../../generated/prisma/client.ts'
import type { TestClient } from '../../http/test-client.ts'
import { insertScored, registeredStudent, seedRound, signedInInstructor } from '../../http/test-data.ts'
import { entryOf, memberNames } from '../entries/test-teams.ts'
import { importedRoster, uploadRoster } from './test-people.ts'

let service: TestApp
let instructor: TestClient
let round: Round
let domain: string
let rosters = 0
beforeAll(async () => {
  service = await buildTestApp()
  instructor = await signedInInstructor(service)
})
afterAll(async () => {
  await service.close()
})
/** Every test has addresses of its own, and all student numbers to itself. */
beforeEach(async () => {
  await service.prisma.user.updateMany({ data: { studentNumber: null } })
  domain = `class-${++rosters}.example.jp`
  round = await seedRound(service, { teamSize: 2, joinPolicy: 'ROSTER' })
})

const header = '学籍番号,氏名,メール,チーム'
const csv = (...lines: string[]) =>
  [header, ...lines.map((line) => line.replace('@', `@${domain}`))].join('\r\n')
const upload = (file: string | Uint8Array, query = '') => importedRoster(instructor, file, query)
const fates = (lines: Awaited<ReturnType<typeof upload>>) =>
  lines.map(({ fate, problem }) => problem?.code ?? fate)
const people = () =>
  service.prisma.user.findMany({ where: { email: { endsWith: domain } }, orderBy: { email: 'asc' } })
/** Name of each entry of the round, and whose it is. */
async function teams(): Promise<string[][]> {
  const entries = await service.prisma.entry.findMany({
    where: { roundId: round.id },
    include: { members: { include: { user: true } } },
    orderBy: { name: 'asc' },
  })
  return entries.map(({ name, members }) => [name, ...members.map(({ user }) => user.name).sort()])
}
const inRound = () => `?round=${round.slug}`

describe('200 lines in Shift_JIS with 12 faulty ones', () => {
  const good = (at: number) =>
    `22B${String(at).padStart(4, '0')},学生 ${at},s${at}@,チーム ${Math.floor(at / 2)}`
  const faulty = [
    '22B9001,,nameless@,',
    '22B9002,宛名なし,,',
    '22B9003,壊れた宛名,broken,',
    '22B9004,=1+1,formula@,',
    '@22B9005,記号,sign@,',
    `22B9006,${'長'.repeat(61)},long@,`,
    '22B9007,列が多い,many@,,',
    '22B9008,列が少ない,few@',
    '22B0000,番号が同じ,number@,',
    '22B9010,宛名が同じ,s1@,',
    '22B9011,宛名が大文字,S2@,',
    '22B9012,満員,full@,チーム 0',
  ]
  /** A fault after every tenth good line. */
  const lines = () => {
    const all = Array.from({ length: 188 }, (_, at) => good(at))
    faulty.forEach((line, at) => {
      all.splice((at + 1) * 11 - 1, 0, line)
    })
    return all
  }
  const codes = [
    'NAME',
    'EMAIL',
    'EMAIL',
    'TEXT',
    'TEXT',
    'TOO_LONG',
    'FIELDS',
    'FIELDS',
    'NUMBER_REPEATED',
    'EMAIL_REPEATED',
    'EMAIL_REPEATED',
  ].map((code) => `ROSTER_LINE_${code}`)

  it('invite 188 and explain 12; imported again, they change nothing', async () => {
    const file = iconv.encode(csv(...lines()), 'shift_jis')
    const dry = await uploadRoster(instructor, file, `${inRound()}&dryRun=true`)
    expect(dry.json().encoding).toBe('shift_jis')
    expect(await people()).toEqual([])
    expect(await teams()).toEqual([])

    const done = await upload(file, inRound())
    expect(done).toEqual(dry.json().lines)
    expect(done).toHaveLength(200)
    const errors = done.filter(({ fate }) => fate === 'error')
    expect(fates(errors)).toEqual([...codes, 'TEAM_FULL'])
    expect(errors.map(({ line }) => line)).toEqual(faulty.map((_, at) => (at + 1) * 11 + 1))
    expect(done.filter(({ fate }) => fate === 'invited')).toHaveLength(188)
    expect(errors[0]?.problem).toMatchObject({ title: '氏名がありません。' })

    const made = await people()
    expect(made).toHaveLength(188)
    expect(new Set(made.map(({ role }) => role))).toEqual(new Set(['STUDENT']))
    // 188 people in teams of two.
    const made94 = await teams()
    expect(made94).toHaveLength(94)
    expect(made94).toContainEqual(['チーム 7', '学生 14', '学生 15'])
    expect(await service.prisma.account.count({ where: { user: { email: { endsWith: domain } } } })).toBe(0)
    const log = { action: 'roster.import', subjectId: round.slug }
    expect(await service.prisma.auditEvent.count({ where: log })).toBe(1)

    const again = await upload(file, inRound())
    expect(fates(again)).toEqual(fates(done).map((fate) => (fate === 'invited' ? 'unchanged' : fate)))
    expect(again.map(({ team }) => team).filter((team) => team !== null)).toEqual([])
    expect(await people()).toEqual(made)
    expect(await teams()).toEqual(made94)
    expect(await service.prisma.auditEvent.count({ where: log })).toBe(1)
  })
})

describe('a line of somebody who is there', () => {
  it('changes name and student number, and neither role nor password', async () => {
    await upload(csv('1,旧姓,a@,'))
    const [before] = await people()
    await service.prisma.user.updateMany({
      where: { email: before?.email ?? '' },
      data: { role: 'INSTRUCTOR' },
    })
    expect(fates(await upload(csv('2,新姓,A@,')))).toEqual(['updated'])
    expect(await people()).toMatchObject([
      { id: before?.id, name: '新姓', studentNumber: '2', role: 'INSTRUCTOR' },
    ])
    // Empty fields take nothing away.
    expect(fates(await upload(csv(',,a@,')))).toEqual(['unchanged'])
    expect(await people()).toMatchObject([{ name: '新姓', studentNumber: '2' }])
  })

  it('is refused with another’s number, for who is deactivated, and for instructors in a round', async () => {
    await upload(csv('1,A,a@,', '2,B,b@,', '3,C,c@,'))
    const emails = ['b', 'c'].map((name) => `${name}@${domain}`)
    await service.prisma.user.update({
      where: { email: emails[0] ?? '' },
      data: { deactivatedAt: new Date() },
    })
    await service.prisma.user.update({ where: { email: emails[1] ?? '' }, data: { role: 'INSTRUCTOR' } })
    const before = await people()
    expect(fates(await upload(csv('2,A,a@,', '2,B,b@,', '3,C,c@,'), inRound()))).toEqual([
      'ROSTER_LINE_NUMBER_TAKEN',
      'ROSTER_LINE_DEACTIVATED',
      'ROSTER_LINE_INSTRUCTOR',
    ])
    expect(await people()).toEqual(before)
    expect(await teams()).toEqual([])
  })
})

describe('with a round', () => {
  it('gives who has no team an entry of their own, once, under a name that is free', async () => {
    const file = csv('1,佐藤,a@,', '2,佐藤,b@,', '3,鈴木,c@,佐藤 3')
    expect((await upload(file, inRound())).map(({ team }) => team)).toEqual(['佐藤', '佐藤 2', '佐藤 3'])
    expect((await upload(file, inRound())).map(({ team }) => team)).toEqual([null, null, null])
    expect(await teams()).toEqual([
      ['佐藤', '佐藤'],
      ['佐藤 2', '佐藤'],
      ['佐藤 3', '鈴木'],
    ])
  })

  it('moves who is elsewhere, and leaves no empty team behind', async () => {
    await upload(csv('1,A,a@,', '2,B,b@,'), inRound())
    expect((await upload(csv('1,A,a@,同盟', '2,B,b@,同盟'), inRound())).map(({ team }) => team)).toEqual([
      '同盟',
      '同盟',
    ])
    expect(await teams()).toEqual([['同盟', 'A', 'B']])
  })

  it('leaves alone who has submitted, and baselines', async () => {
    await service.prisma.round.update({ where: { id: round.id }, data: { joinPolicy: 'CODE' } })
    const student = await registeredStudent(service, round, 'Hana')
    const { id: entryId } = await entryOf(student, round)
    await insertScored(service, { round, entryId, public: { correct: 1, total: 30, top5Correct: 30 } })
    await service.prisma.entry.create({ data: { roundId: round.id, name: 'CNN', kind: 'BASELINE' } })
    const { email } = (await student.get('/api/me')).json().me
    const file = [header, `1,Hana,${email},同盟`, `2,B,b@${domain},CNN`].join('\n')
    expect(fates(await upload(file, inRound()))).toEqual(['ROSTER_LINE_SUBMITTED', 'ROSTER_LINE_BASELINE'])
    expect(memberNames(await entryOf(student, round))).toEqual(['Hana'])
    expect(await people()).toEqual([])
  })

  it('that does not exist does nothing', async () => {
    const response = await uploadRoster(instructor, csv('1,A,a@,'), '?round=no-such-round')
    expect([response.statusCode, response.json().code]).toEqual([404, 'NOT_FOUND'])
    expect(await people()).toEqual([])
  })
})

it('is one of two that come at once: nobody is made twice', async () => {
  const file = csv(...Array.from({ length: 20 }, (_, at) => `${at},S${at},s${at}@,`))
  const [one, other] = await Promise.all([upload(file, inRound()), upload(file, inRound())])
  expect([fates(one)[0], fates(other)[0]].sort()).toEqual(['invited', 'unchanged'])
  expect(await people()).toHaveLength(20)
  expect(await teams()).toHaveLength(20)
})

it('is for instructors, and of 1 MB at most', async () => {
  await service.prisma.round.update({ where: { id: round.id }, data: { joinPolicy: 'CODE' } })
  const student = await registeredStudent(service, round)
  expect((await uploadRoster(student, csv('1,A,a@,'))).json().code).toBe('FORBIDDEN')
  const large = await uploadRoster(instructor, 'x'.repeat(1024 ** 2 + 1))
  expect([large.statusCode, large.json().code]).toEqual([413, 'UPLOAD_TOO_LARGE'])
  expect((await uploadRoster(instructor, '')).statusCode).toBe(422)
})
