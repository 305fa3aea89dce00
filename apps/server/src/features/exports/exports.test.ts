import { deflateSync } from 'node:zlib'
import { readNpz } from '@taikai/shared/npz'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildTestApp, type TestApp } from '../../../test/build-test-app.ts'
import type { Round } from '../../generated/prisma/client.ts'
import { TestClient } from '../../http/test-client.ts'
import { registeredStudent, seedRound, signedInInstructor } from '../../http/test-data.ts'
import { addScored, addTeam, at } from '../leaderboard/test-contest.ts'

let service: TestApp
let instructor: TestClient
let student: TestClient
let round: Round
const ids = { a: '', b: '' }
const path = (name: string) => `/api/rounds/${round.slug}/exports/${name}`

/** A student of an entry of that name, with an address that the tests know. */
async function join(name: string, email: string): Promise<{ client: TestClient; entryId: string }> {
  const client = await registeredStudent(service, round, name)
  const { id: entryId } = (await client.get(`/api/rounds/${round.slug}/entry`)).json()
  const userId: string = (await client.get('/api/me')).json().me.id
  await service.prisma.user.update({ where: { id: userId }, data: { email } })
  return { client, entryId }
}

/**
 * Of 30 public and 70 private images: B leads in public and is third in the end, where A and C share the first place. D has no score,
 * Out is disqualified, and a baseline has a place without a rank.
 */
beforeAll(async () => {
  const clock = at(55)
  service = await buildTestApp({ now: () => clock })
  instructor = await signedInInstructor(service)
  round = await seedRound(service, { opensAt: at(0), closesAt: at(58), finalPicks: 2 })
  const [a, b, c, out] = [
    await join('A', 'a@example.com'),
    await join('B', 'b@example.com'),
    await join('=C()', 'c@example.com'),
    await join('Out', 'out@example.com'),
  ]
  await join('D', 'd@example.com')
  student = a.client
  await service.prisma.user.update({ where: { email: 'a@example.com' }, data: { name: '青木' } })
  const base = await addTeam(service, round, 'Base', 'BASELINE')
  const score = (entryId: string, minute: number, correct: number, privateCorrect: number) =>
    addScored(service, round, entryId, { minute, correct, privateCorrect })
  ids.a = await score(a.entryId, 1, 20, 50)
  ids.b = await score(b.entryId, 2, 25, 40)
  await score(c.entryId, 3, 20, 50)
  await score(base, 4, 10, 45)
  await score(out.entryId, 5, 30, 70)
  await service.prisma.submission.update({ where: { id: ids.a }, data: { finalPick: true, label: 'CNN' } })
  await service.prisma.entry.update({
    where: { id: out.entryId },
    data: { disqualifiedAt: at(6), disqualifiedReason: 'copied' },
  })
})
afterAll(async () => {
  await service.close()
})

it('gives the final standings with members, picks, both scores and the shake-up', async () => {
  const response = await instructor.get(path('standings.csv'))
  expect(response.headers['content-disposition']).toBe(
    `attachment; filename="${round.slug}-final-standings.csv"`,
  )
  const [public20, public25] = ['66.666666667', '83.333333333']
  expect(response.body.split('\r\n')).toEqual([
    '\uFEFFrank,public_rank,rank_change,team,kind,members,student_numbers,emails,picks,metric,public_score,private_score,public_correct,public_total,private_correct,private_total,submissions,disqualified',
    `1,2,1,A,TEAM,青木,,a@example.com,CNN (${ids.a}),accuracy,${public20},71.428571429,20,30,50,70,1,`,
    `1,2,1,'=C(),TEAM,'=C(),,c@example.com,,accuracy,${public20},71.428571429,20,30,50,70,1,`,
    ',,,Base,BASELINE,,,,,accuracy,33.333333333,64.285714286,10,30,45,70,1,',
    `3,1,-2,B,TEAM,B,,b@example.com,,accuracy,${public25},57.142857143,25,30,40,70,1,`,
    ',,,D,TEAM,D,,d@example.com,,accuracy,,,,,,,0,',
    ',,,Out,TEAM,Out,,out@example.com,,accuracy,,,,,,,1,copied',
    '',
  ])
})

it('writes tables without a byte order mark where that is wished', async () => {
  const response = await instructor.get(`${path('standings.csv')}?bom=no`)
  expect(response.body.startsWith('rank,')).toBe(true)
})

it('gives every submission with model, run and both splits', async () => {
  const { body } = await instructor.get(`${path('submissions.csv')}?bom=no`)
  expect(body).toContain('"{""preset"":""unit"",')
  const lines = body.replace(/"\{[^}]*\}"/g, 'preprocessing').split('\r\n')
  const header = lines[0]?.split(',') ?? []
  const cell = (line: number, name: string) => lines[line]?.split(',')[header.indexOf(name)]
  expect(lines).toHaveLength(1 + 5 + 1)
  // Of the first: 20 of 30, 28 in the five highest; 50 of 70, 68 in the five highest.
  const expected = {
    ...{ submission: ids.a, team: 'A', label: 'CNN', final_pick: '1', status: 'SCORED' },
    ...{ received_at: at(1).toISOString(), parameters: '100', model_sha256: '0'.repeat(64) },
    ...{ engine: 'wasm', scorer_version: '1', split: 'split', dataset_version: '1' },
    ...{ public_correct: '20', public_total: '30', private_correct: '50', private_total: '70' },
    ...{ public_top5_error: String(2 / 30), private_top5_error: String(2 / 70) },
    ...{ public_cross_entropy: '1', private_squared_error: '1' },
  }
  for (const [name, value] of Object.entries(expected)) expect([name, cell(1, name)]).toEqual([name, value])
  expect(cell(5, 'team_disqualified')).toBe('1')
  expect(lines.map((line) => line.split(',').length)).toEqual([...Array(6).fill(header.length), 1])
})

it('gives raw outputs as .npz, with labels and the split', async () => {
  const outputs = Float32Array.from({ length: 100 * 10 }, (_, index) => index / 7)
  await service.blobs.put('outputs/test/1', deflateSync(new Uint8Array(outputs.buffer)))
  await service.prisma.scoringRun.updateMany({
    where: { submissionId: ids.b },
    data: { outputsBlob: 'outputs/test/1' },
  })
  const response = await instructor.get(path('predictions.npz'))
  expect(response.statusCode, response.body).toBe(200)
  const names = ['labels', 'is_public', 'class_names', 'submissions', 'teams', ids.b]
  const arrays = readNpz(new Uint8Array(response.rawPayload), names, 1024 ** 2)
  expect([...arrays.keys()]).toEqual(names)
  const own = arrays.get(ids.b)
  expect(own).toMatchObject({ descr: '<f4', shape: [100, 10] })
  expect(Buffer.from(own?.data ?? []).equals(Buffer.from(outputs.buffer))).toBe(true)
  // Ten images of each class in turn, three of each public.
  const [labels, isPublic] = [arrays.get('labels'), arrays.get('is_public')]
  expect(labels).toMatchObject({ descr: '|u1', shape: [100] })
  expect([...(labels?.data ?? [])].slice(8, 12)).toEqual([8, 9, 0, 1])
  expect(isPublic).toMatchObject({ descr: '|b1', shape: [100] })
  expect(isPublic?.data.reduce((sum, bit) => sum + bit, 0)).toBe(30)
  const event = await service.prisma.auditEvent.findFirstOrThrow({ orderBy: { at: 'desc' } })
  expect(event).toMatchObject({ action: 'round.export-predictions', subjectId: round.slug })
})

describe('grades', () => {
  const points = async (query: string) => {
    const response = await instructor.get(`${path('grades')}?${query}`)
    expect(response.statusCode, response.body).toBe(200)
    return response.json().grades.map((grade: { name: string; points: number }) => [grade.name, grade.points])
  }

  it('are by bands of ranks; shared ranks have the same, entries without a score those of none', async () => {
    expect(await points('by=rank&steps=2:100,10:90&rest=80&none=5')).toEqual([
      ['青木', 100],
      ['=C()', 100],
      ['B', 90],
      ['D', 5],
      ['Out', 5],
    ])
  })

  it('are by thresholds of the score, in percent', async () => {
    expect(await points('by=score&steps=71.42:100,57.2:90&rest=60&none=0')).toEqual([
      ['青木', 100],
      ['=C()', 100],
      ['B', 60],
      ['D', 0],
      ['Out', 0],
    ])
  })

  it('are said to be provisional before the results are published', async () => {
    expect((await instructor.get(path('grades'))).json()).toMatchObject({
      metric: 'accuracy',
      published: false,
    })
  })

  it('are a table with a line for each student', async () => {
    await service.prisma.user.updateMany({
      where: { email: 'a@example.com' },
      data: { studentNumber: '24A001' },
    })
    const response = await instructor.get(`${path('grades.csv')}?steps=1:100&rest=80&bom=no`)
    expect(response.body.split('\r\n')).toEqual([
      'student_number,name,email,team,rank,score,points',
      '24A001,青木,a@example.com,A,1,71.428571429,100',
      ",'=C(),c@example.com,'=C(),1,71.428571429,100",
      ',B,b@example.com,B,3,57.142857143,80',
      ',D,d@example.com,D,,,0',
      ',Out,out@example.com,Out,,,0',
      '',
    ])
  })

  it.each(['by=luck', 'steps=1', 'steps=1:2,', 'rest=-1'])('are not made by %s', async (query) => {
    const response = await instructor.get(`${path('grades')}?${query}`)
    expect([response.statusCode, response.json().code]).toEqual([400, 'VALIDATION_FAILED'])
  })
})

it.each(['standings.csv', 'submissions.csv', 'predictions.npz', 'grades', 'grades.csv'])(
  '%s is for instructors only',
  async (name) => {
    expect((await student.get(path(name))).statusCode).toBe(403)
    expect((await new TestClient(service.app).get(path(name))).statusCode).toBe(401)
    expect((await instructor.get(`/api/rounds/nowhere/exports/${name}`)).statusCode).toBe(404)
  },
)
