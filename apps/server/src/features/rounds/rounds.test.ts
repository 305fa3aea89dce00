import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildTestApp, type TestApp } from '../../../test/build-test-app.ts'
import { TestClient } from '../../http/test-client.ts'
import {
  buildRoundInput,
  insertScored,
  registeredStudent,
  seedDataset,
  seedRound,
  signedInInstructor,
} from '../../http/test-data.ts'
import { createBaselineEntry } from '../entries/entries.service.ts'

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

async function createdRound(overrides: object = {}) {
  const dataset = await seedDataset(service)
  const input = buildRoundInput(dataset.id, overrides)
  const response = await instructor.post('/api/rounds', input)
  expect(response.statusCode, response.body).toBe(201)
  return { ...response.json(), input }
}

async function submitBaseline(slug: string) {
  const round = await service.prisma.round.findUniqueOrThrow({ where: { slug } })
  const entry = await createBaselineEntry(service.prisma, round.id, 'Baseline')
  await insertScored(service, {
    round,
    entryId: entry.id,
    public: { correct: 1, total: 30, top5Correct: 2 },
  })
}

describe('making a round', () => {
  it('gives it a join code, a secret split and an audit event', async () => {
    const round = await createdRound()
    expect(round).toMatchObject({ title: 'Cup', state: 'open', publicCount: 30, entry: null })
    expect(round.admin).toMatchObject({ publicPercent: 30, submissionCount: 0 })
    expect(round.admin.joinCode).toMatch(/^[2-9A-HJ-NP-Z]{8}$/)
    const row = await service.prisma.round.findUniqueOrThrow({ where: { slug: round.slug } })
    expect(row.splitSeed).toMatch(/^[0-9a-f]{64}$/)
    const event = await service.prisma.auditEvent.findFirstOrThrow({ where: { subjectId: round.slug } })
    expect(event).toMatchObject({ action: 'round.create', subjectType: 'round', before: null })
    expect(event.actorId).not.toBeNull()
    expect(JSON.stringify(event)).not.toContain(row.splitSeed)
  })

  it('is refused with a slug that is taken', async () => {
    const { input } = await createdRound()
    const response = await instructor.post('/api/rounds', input)
    expect([response.statusCode, response.json().code]).toEqual([409, 'SLUG_TAKEN'])
    expect(response.json().title).toContain(input.slug)
  })

  it.each([
    ['an end without a beginning', { opensAt: null, closesAt: '2026-12-01T00:00:00Z' }],
    [
      'an end before the beginning',
      { opensAt: '2026-12-02T00:00:00Z', closesAt: '2026-12-01T00:00:00+09:00' },
    ],
  ])('is refused with %s', async (_what, dates) => {
    const { id } = await seedDataset(service)
    const response = await instructor.post('/api/rounds', buildRoundInput(id, dates))
    expect([response.statusCode, response.json().code]).toEqual([400, 'ROUND_DATES_INVALID'])
  })

  it('names every fault of the input at once', async () => {
    const { id } = await seedDataset(service)
    const faults = { slug: 'Not A Slug', publicPercent: 0, timeZone: 'Mars/Olympus' }
    const response = await instructor.post('/api/rounds', buildRoundInput(id, faults))
    expect(response.statusCode).toBe(400)
    expect(
      response
        .json()
        .issues.map(({ path }: { path: string }) => path)
        .sort(),
    ).toEqual(Object.keys(faults).sort())
  })

  it('needs a dataset that exists', async () => {
    const input = buildRoundInput('0199b0a0-0000-7000-8000-000000000001')
    expect((await instructor.post('/api/rounds', input)).statusCode).toBe(404)
  })
})

describe('changing a round', () => {
  it('changes what is sent and keeps the rest', async () => {
    const { slug, input } = await createdRound({ visitorsMaySee: true })
    const response = await instructor.request('PATCH', `/api/rounds/${slug}`, {
      title: 'New title',
      closesAt: '2026-12-24T00:00:00Z',
      visitorsMaySee: false,
    })
    expect(response.json()).toMatchObject({
      title: 'New title',
      closesAt: '2026-12-24T00:00:00.000Z',
      visitorsMaySee: false,
      timeZone: input.timeZone,
      rules: { uploadMaxBytes: input.uploadMaxBytes },
    })
    const events = await service.prisma.auditEvent.findMany({
      where: { subjectId: slug, action: 'round.update' },
    })
    expect(events).toMatchObject([{ before: { title: 'Cup' }, after: { title: 'New title' } }])
  })

  it('keeps dataset and public share once something was submitted, and cannot be deleted', async () => {
    const { slug, dataset } = await createdRound()
    const other = await seedDataset(service)
    const patch = async (changes: object) =>
      (await instructor.request('PATCH', `/api/rounds/${slug}`, changes)).statusCode
    expect(await patch({ publicPercent: 40, datasetId: other.id })).toBe(200)
    expect(await patch({ publicPercent: 30, datasetId: dataset.id })).toBe(200)
    await submitBaseline(slug)
    expect(await patch({ publicPercent: 40 })).toBe(409)
    expect(await patch({ datasetId: other.id })).toBe(409)
    expect(await patch({ publicPercent: 30, datasetId: dataset.id, title: 'Same split' })).toBe(200)
    const deleted = await instructor.request('DELETE', `/api/rounds/${slug}`)
    expect([deleted.statusCode, deleted.json().code]).toEqual([409, 'ROUND_LOCKED'])
  })

  it('ranks by top-5 error only where there are more than five classes', async () => {
    const few = await seedDataset(service, 5)
    const refused = await instructor.post('/api/rounds', buildRoundInput(few.id, { metric: 'top5-error' }))
    expect([refused.statusCode, refused.json().code]).toEqual([400, 'METRIC_UNAVAILABLE'])
    const { slug } = await createdRound({ metric: 'top5-error' })
    const moved = await instructor.request('PATCH', `/api/rounds/${slug}`, { datasetId: few.id })
    expect([moved.statusCode, moved.json().code]).toEqual([400, 'METRIC_UNAVAILABLE'])
    expect((await instructor.get(`/api/rounds/${slug}`)).json().dataset.classNames).toHaveLength(10)
  })

  it('keeps dates, metric and picks once published, and takes other words still', async () => {
    const closesAt = new Date('2026-11-23T09:00:00Z')
    const round = await seedRound(service, { closesAt, publishedAt: new Date('2026-11-23T09:30:00Z') })
    const patch = async (changes: object) =>
      (await instructor.request('PATCH', `/api/rounds/${round.slug}`, changes)).json()
    for (const changes of [{ metric: 'macro-f1' }, { finalPicks: 3 }, { closesAt: '2026-12-01T00:00:00Z' }]) {
      const refusal = { code: 'ROUND_TRANSITION_INVALID', params: { state: 'published' } }
      expect(await patch(changes)).toMatchObject(refusal)
    }
    expect(await patch({ title: 'Old cup', closesAt: closesAt.toISOString() })).toMatchObject({
      title: 'Old cup',
      state: 'published',
    })
  })

  it('can be deleted, with its entries, while nothing was submitted', async () => {
    const round = await seedRound(service)
    await registeredStudent(service, round)
    expect((await instructor.request('DELETE', `/api/rounds/${round.slug}`)).statusCode).toBe(204)
    expect((await instructor.get(`/api/rounds/${round.slug}`)).statusCode).toBe(404)
    expect(await service.prisma.entry.count({ where: { roundId: round.id } })).toBe(0)
  })
})

describe('a clone of a round', () => {
  it('has its settings and rules, and secrets, dates and entries of its own', async () => {
    const rules = { submissionsPerDay: 3, forbiddenLayers: ['Conv2D'], metric: 'macro-f1', finalPicks: 1 }
    const { slug } = await createdRound({ ...rules, description: 'Text', closesAt: '2027-01-01T00:00:00Z' })
    const source = await service.prisma.round.findUniqueOrThrow({ where: { slug } })
    await registeredStudent(service, source)
    const response = await instructor.post(`/api/rounds/${slug}/clone`, {
      slug: `${slug}-2`,
      title: 'Second',
    })
    expect(response.statusCode, response.body).toBe(201)
    const clone = response.json()
    expect(clone).toMatchObject({
      slug: `${slug}-2`,
      title: 'Second',
      description: 'Text',
      state: 'draft',
      opensAt: null,
      freezesAt: null,
      closesAt: null,
      dataset: { id: source.datasetId },
    })
    expect(clone.rules).toMatchObject(rules)
    const row = await service.prisma.round.findUniqueOrThrow({
      where: { slug: clone.slug },
      include: { entries: true },
    })
    expect(row.entries).toEqual([])
    expect(row.splitSeed).toMatch(/^[0-9a-f]{64}$/)
    expect(row.splitSeed).not.toBe(source.splitSeed)
    expect(row.joinCode).not.toBe(source.joinCode)
    const event = await service.prisma.auditEvent.findFirstOrThrow({ where: { subjectId: clone.slug } })
    expect(event).toMatchObject({ action: 'round.clone', before: null, after: { title: 'Second' } })
  })

  it('needs an address that is free, a round that is there, and an instructor', async () => {
    const { slug } = await createdRound()
    const clone = (client: TestClient, from: string, to: string) =>
      client.post(`/api/rounds/${from}/clone`, { slug: to, title: 'Copy' })
    expect((await clone(instructor, slug, slug)).json().code).toBe('SLUG_TAKEN')
    expect((await clone(instructor, 'nowhere', 'copy')).statusCode).toBe(404)
    const student = await registeredStudent(service, await seedRound(service))
    expect((await clone(student, slug, 'copy')).statusCode).toBe(403)
    expect((await clone(new TestClient(service.app), slug, 'copy')).statusCode).toBe(401)
  })
})

describe('seeing a round', () => {
  const now = '2026-11-23T10:00:00Z'
  it.each([
    [
      'a private round',
      { visitorsMaySee: false },
      { visitor: 404, stranger: 404, member: 200, instructor: 200 },
    ],
    [
      'a public round',
      { visitorsMaySee: true },
      { visitor: 200, stranger: 200, member: 200, instructor: 200 },
    ],
    [
      'a public draft',
      { visitorsMaySee: true, opensAt: null },
      { visitor: 404, stranger: 404, member: 200, instructor: 200 },
    ],
    [
      'a scheduled public round',
      { visitorsMaySee: true, opensAt: new Date('2027-01-01') },
      { visitor: 200, stranger: 200, member: 200, instructor: 200 },
    ],
  ])('%s', async (_what, overrides, expected) => {
    clock = new Date(now)
    const round = await seedRound(service, overrides)
    const people = [
      ['visitor', new TestClient(service.app), expected.visitor],
      ['stranger', await registeredStudent(service, await seedRound(service)), expected.stranger],
      ['member', await registeredStudent(service, round), expected.member],
      ['instructor', instructor, expected.instructor],
    ] as const
    for (const [who, client, status] of people) {
      for (const path of ['', '/leaderboard', '/leaderboard.csv']) {
        const response = await client.get(`/api/rounds/${round.slug}${path}`)
        expect([who, path, response.statusCode]).toEqual([who, path, status])
      }
      const { rounds } = (await client.get('/api/rounds')).json()
      const listed = rounds.some(({ slug }: { slug: string }) => slug === round.slug)
      expect([who, listed]).toEqual([who, status === 200])
    }
  })

  it('shows the join code to instructors only, and the seed to nobody', async () => {
    const round = await seedRound(service, { visitorsMaySee: true, splitSeed: 'very-secret-seed' })
    const member = await registeredStudent(service, round)
    for (const path of ['/api/rounds', `/api/rounds/${round.slug}`]) {
      const [forMember, forInstructor] = [(await member.get(path)).body, (await instructor.get(path)).body]
      expect(forMember).not.toContain(round.joinCode)
      expect(forInstructor).toContain(round.joinCode)
      expect(forMember + forInstructor).not.toContain('very-secret-seed')
    }
  })

  it('shows a member their own entry', async () => {
    const round = await seedRound(service)
    const member = await registeredStudent(service, round, 'Hana')
    expect((await member.get(`/api/rounds/${round.slug}`)).json().entry.name).toBe('Hana')
    expect((await instructor.get(`/api/rounds/${round.slug}`)).json().entry).toBeNull()
  })
})
