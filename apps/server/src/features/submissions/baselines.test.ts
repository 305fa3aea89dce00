import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildTestApp, type TestApp } from '../../../test/build-test-app.ts'
import type { Round } from '../../generated/prisma/client.ts'
import { TestClient } from '../../http/test-client.ts'
import { registeredStudent, signedInInstructor } from '../../http/test-data.ts'
import { seedRound } from '../../jobs/test-fixtures.ts'
import { brightPixel, brightPixelImages } from '../../jobs/test-models.ts'
import { kept, refused, submitted, type Upload, unitMeta } from './test-uploads.ts'

let service: TestApp
let round: Round
let teacher: TestClient
beforeAll(async () => {
  service = await buildTestApp()
  await service.app.listen({ port: 0, host: '127.0.0.1' })
  round = await seedRound(service, { ...brightPixel, ...brightPixelImages(12) })
  teacher = await signedInInstructor(service)
})
afterAll(async () => {
  await service.close()
})

const baseline = (meta: object, sent: Partial<Upload> = {}): Upload => ({
  slug: round.slug,
  to: 'baselines',
  headers: { cookie: teacher.cookie },
  meta: { ...unitMeta, ...meta },
  ...sent,
})

describe('a baseline', () => {
  it('is an instructor’s submission in an entry of its own, on record', async () => {
    const sent = await submitted(service, baseline({ name: ' 線形モデル ', label: 'Dense 10' }))
    expect(sent).toMatchObject({
      entryName: '線形モデル',
      entryKind: 'BASELINE',
      label: 'Dense 10',
      status: 'QUEUED',
      files: [{ name: 'model.json' }, { name: 'weights.bin' }],
    })
    const entry = await service.prisma.entry.findUniqueOrThrow({
      where: { id: sent.entryId },
      include: { members: true, submissions: true },
    })
    const teacherId: string = (await teacher.get('/api/me')).json().me.id
    expect(entry).toMatchObject({ members: [], submissions: [{ id: sent.id, submittedById: teacherId }] })
    expect(await service.prisma.auditEvent.findMany({ where: { subjectId: sent.id } })).toMatchObject([
      {
        actorId: teacherId,
        action: 'baseline.create',
        after: { round: round.slug, name: '線形モデル', label: 'Dense 10' },
      },
    ])
  })

  it('is taken before the round opens, after it closes, and beyond quota', async () => {
    for (const [name, dates] of [
      ['early', { opensAt: null }],
      ['late', { opensAt: new Date(0), closesAt: new Date(1000) }],
      ['many', { opensAt: new Date(0), closesAt: null, submissionsTotal: 1 }],
      ['more', { submissionsPerDay: 1 }],
    ] as const) {
      await service.prisma.round.update({ where: { id: round.id }, data: dates })
      expect(await submitted(service, baseline({ name }))).toMatchObject({ entryName: name })
    }
  })

  it('that is refused leaves nothing behind, its entry included', async () => {
    const before = await kept(service)
    const entries = await service.prisma.entry.count()
    const broken = [{ name: 'model.json', bytes: new TextEncoder().encode('{}') }]
    await refused(service, baseline({ name: 'broken' }, { files: broken }))
    await submitted(service, baseline({ name: 'taken' }))
    expect(await refused(service, baseline({ name: 'taken' }))).toMatchObject({ code: 'ENTRY_NAME_TAKEN' })
    expect(await refused(service, baseline({ name: '' }))).toMatchObject({ code: 'UPLOAD_META_INVALID' })
    expect(await refused(service, baseline({ name: 'x', preprocessing: { preset: 'none' } }))).toMatchObject({
      code: 'PREPROCESSING_INVALID',
    })
    expect(await kept(service)).toEqual({ ...before, rows: before.rows + 1, files: before.files + 2 })
    expect(await service.prisma.entry.count()).toBe(entries + 1)
  })

  it('is submitted by instructors only', async () => {
    const student = await registeredStudent(service, round)
    const as = (client: TestClient) => ({ headers: { cookie: client.cookie } })
    expect(await refused(service, baseline({ name: 'y' }, as(student)))).toMatchObject({ code: 'FORBIDDEN' })
    const visitor = new TestClient(service.app)
    expect(await refused(service, baseline({ name: 'y' }, as(visitor)))).toMatchObject({
      code: 'UNAUTHENTICATED',
    })
    expect(await refused(service, baseline({ name: 'y' }, { slug: 'nowhere' }))).toMatchObject({
      code: 'NOT_FOUND',
    })
  })
})
