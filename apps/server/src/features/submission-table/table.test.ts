import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildTestApp, type TestApp } from '../../../test/build-test-app.ts'
import type { Round } from '../../generated/prisma/client.ts'
import { TestClient } from '../../http/test-client.ts'
import { insertScored, registeredStudent, seedRound, signedInInstructor } from '../../http/test-data.ts'
import { insertQueuedRun } from '../../jobs/test-fixtures.ts'

let service: TestApp
let teacher: TestClient
let student: TestClient
let cup: Round
let league: Round
/** Submissions by a short name. */
const ids: Record<string, string> = {}

beforeAll(async () => {
  service = await buildTestApp()
  teacher = await signedInInstructor(service)
  cup = await seedRound(service, { title: 'Cup' })
  league = await seedRound(service, { title: 'League', datasetId: cup.datasetId })
  student = await registeredStudent(service, cup)
  const { prisma } = service
  const entry = (round: Round, name: string, kind: 'TEAM' | 'BASELINE' = 'TEAM') =>
    prisma.entry.create({ data: { roundId: round.id, name, kind } })
  const [owls, cats, base] = [
    await entry(cup, 'Owls 100%'),
    await entry(league, 'Cats'),
    await entry(cup, 'Linear', 'BASELINE'),
  ]
  const score = (correct: number, total: number) => ({ correct, total, top5Correct: total })
  const at = (minute: number) => new Date(Date.UTC(2026, 10, 24, 3, minute))
  ids.owls = await insertScored(service, {
    ...{ round: cup, entryId: owls.id, receivedAt: at(1), parameters: 300 },
    ...{ public: score(20, 30), private: score(10, 70) },
  })
  // A smaller share of more images.
  ids.cats = await insertScored(service, {
    ...{ round: league, entryId: cats.id, receivedAt: at(2), parameters: 100 },
    ...{ public: score(24, 60), private: score(42, 70) },
  })
  ids.base = await insertScored(service, {
    ...{ round: cup, entryId: base.id, receivedAt: at(3), parameters: 200 },
    ...{ public: score(3, 30), private: score(21, 70) },
  })
  ids.queued = (await insertQueuedRun(prisma, league, cats.id)).id
  await prisma.submission.update({
    where: { id: ids.queued },
    data: { receivedAt: at(4), label: '雪_だるま', parameters: 400 },
  })
  const claimed = (id: string, seconds: number, engine: string) =>
    prisma.$executeRaw`UPDATE "ScoringRun" SET "startedAt" = "finishedAt" - ${seconds} * interval '1 second',
      "engine" = ${engine} WHERE "submissionId" = ${id}::uuid`
  await claimed(ids.owls, 9, 'onnxruntime')
  await claimed(ids.cats, 5, 'wasm')
  await claimed(ids.base, 7, 'wasm')
  await prisma.entry.update({
    where: { id: base.id },
    data: { disqualifiedAt: at(9), disqualifiedReason: 'x' },
  })
})
afterAll(async () => {
  await service.close()
})

type Row = { id: string }
async function names(query: string, client = teacher): Promise<string[]> {
  const response = await client.get(`/api/submissions?${query}`)
  expect(response.statusCode, response.body).toBe(200)
  const { rows, total }: { rows: Row[]; total: number } = response.json()
  if (!query.includes('limit')) expect(total).toBe(rows.length)
  return rows.map(({ id }) => Object.keys(ids).find((name) => ids[name] === id) ?? id)
}

describe('the table of all submissions', () => {
  it('has what it shows of each, the newest first', async () => {
    const { total, rows } = (await teacher.get('/api/submissions')).json()
    expect(total).toBe(4)
    expect(rows.map((row: { entryName: string }) => row.entryName)).toEqual([
      'Cats',
      'Linear',
      'Cats',
      'Owls 100%',
    ])
    expect(rows[3]).toEqual({
      id: ids.owls,
      roundSlug: cup.slug,
      roundTitle: 'Cup',
      entryName: 'Owls 100%',
      entryKind: 'TEAM',
      label: '',
      status: 'SCORED',
      receivedAt: '2026-11-24T03:01:00.000Z',
      disqualified: false,
      finalPick: false,
      format: 'tfjs-layers',
      parameters: 300,
      uploadBytes: 1,
      engine: 'onnxruntime',
      durationMs: 9000,
      public: { correct: 20, total: 30 },
      private: { correct: 10, total: 70 },
      reasonCode: null,
    })
    expect(rows[1]).toMatchObject({ entryKind: 'BASELINE', disqualified: true })
    expect(rows[0]).toMatchObject({ public: null, private: null, durationMs: null, engine: null })
  })

  it.each([
    ['received', ['queued', 'base', 'cats', 'owls']],
    // Shares of 20/30, 24/60 and 3/30: more images right is not more of them.
    ['public', ['owls', 'cats', 'base', 'queued']],
    ['private', ['cats', 'base', 'owls', 'queued']],
    ['duration', ['owls', 'base', 'cats', 'queued']],
    ['parameters', ['queued', 'owls', 'base', 'cats']],
  ])('is sorted by %s both ways, what has no value last', async (sort, expected) => {
    expect(await names(`sort=${sort}`)).toEqual(expected)
    const present = sort === 'received' || sort === 'parameters' ? expected : expected.slice(0, 3)
    expect(await names(`sort=${sort}&order=asc`)).toEqual([
      ...present.toReversed(),
      ...expected.slice(present.length),
    ])
  })

  it('is filtered by everything that it can be, alone and together', async () => {
    expect(await names(`round=${cup.slug}`)).toEqual(['base', 'owls'])
    expect(await names('round=nothing')).toEqual([])
    expect(await names('status=QUEUED')).toEqual(['queued'])
    expect(await names('q=oWL')).toEqual(['owls'])
    expect(await names(`q=${encodeURIComponent('だるま')}`)).toEqual(['queued'])
    expect(await names('engine=wasm')).toEqual(['base', 'cats'])
    expect(await names('kind=BASELINE')).toEqual(['base'])
    expect(await names('disqualified=yes')).toEqual(['base'])
    expect(await names('disqualified=no')).toEqual(['queued', 'cats', 'owls'])
    expect(await names('from=2026-11-24T03:02:00Z&to=2026-11-24T03:04:00Z')).toEqual(['base', 'cats'])
    expect(await names('engine=wasm&kind=TEAM&sort=public')).toEqual(['cats'])
  })

  it('takes what LIKE would take for a wildcard as it stands', async () => {
    expect(await names(`q=${encodeURIComponent('100%')}`)).toEqual(['owls'])
    expect(await names(`q=${encodeURIComponent('%')}`)).toEqual(['owls'])
    expect(await names('q=_')).toEqual(['queued'])
    expect(await names(`q=${encodeURIComponent("' OR 1=1 --\\")}`)).toEqual([])
  })

  it('comes in pages that say how many rows there are', async () => {
    const page = async (offset: number) =>
      (await teacher.get(`/api/submissions?sort=parameters&limit=3&offset=${offset}`)).json()
    expect(await page(0)).toMatchObject({ total: 4, rows: [{ parameters: 400 }, { parameters: 300 }, {}] })
    expect(await page(3)).toMatchObject({ total: 4, rows: [{ id: ids.cats }] })
    expect(await page(9)).toEqual({ total: 4, rows: [] })
  })

  it('refuses what it cannot be asked', async () => {
    for (const query of [
      'sort=entryName',
      'order=up',
      'limit=101',
      'offset=-1',
      'status=LOST',
      'from=today',
    ]) {
      expect((await teacher.get(`/api/submissions?${query}`)).statusCode, query).toBe(400)
    }
  })

  it('is for instructors', async () => {
    const visitor = new TestClient(service.app)
    expect((await student.get('/api/submissions')).statusCode).toBe(403)
    expect((await visitor.get('/api/submissions')).statusCode).toBe(401)
  })
})
