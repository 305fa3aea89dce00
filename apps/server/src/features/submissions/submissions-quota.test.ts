import { once } from 'node:events'
import { inspectModel } from '@taikai/shared/model/inspect'
import { problemSchema } from '@taikai/shared/wire/problem'
import { quotaSchema } from '@taikai/shared/wire/round'
import { submissionSchema } from '@taikai/shared/wire/submission'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildTestApp, type TestApp } from '../../../test/build-test-app.ts'
import type { Round } from '../../generated/prisma/client.ts'
import type { TestClient } from '../../http/test-client.ts'
import { registeredStudent } from '../../http/test-data.ts'
import { claimRun, finishUnscored } from '../../jobs/runs.repository.ts'
import { seedRound, wasmOnly } from '../../jobs/test-fixtures.ts'
import { brightPixel, brightPixelImages } from '../../jobs/test-models.ts'
import { takeQuota } from '../quota/quota.service.ts'
import { kept, openUpload, refused, submitted, upload } from './test-uploads.ts'

let service: TestApp
let clock = new Date()
beforeAll(async () => {
  // The same inspection as in a child of its own, which would take a second for each of these many uploads.
  service = await buildTestApp({ now: () => clock, inspect: inspectModel })
  await service.app.listen({ port: 0, host: '127.0.0.1' })
})
afterAll(async () => {
  await service.close()
})

/** A round with rules, and a student who takes part in it. */
async function seeded(rules: Partial<Round>): Promise<{ round: Round; student: TestClient }> {
  const { id } = await seedRound(service, { ...brightPixel, ...brightPixelImages(3) })
  const round = await service.prisma.round.update({ where: { id }, data: rules })
  return { round, student: await registeredStudent(service, round) }
}
const send = ({ slug }: Round, student: TestClient) => ({ slug, headers: { cookie: student.cookie } })
const quotaOf = async ({ slug }: Round, student: TestClient) =>
  quotaSchema.parse((await student.get(`/api/rounds/${slug}/entry`)).json().quota)

async function claimed(submissionId: string) {
  const { id: runId } = await service.prisma.scoringRun.findFirstOrThrow({ where: { submissionId } })
  const run = await claimRun(service.prisma, { runId, engines: wasmOnly })
  if (run === null) throw new Error('the run can be claimed')
  return run.claim
}

it('50 parallel submissions against a quota of 5 give exactly 5', async () => {
  clock = new Date('2026-12-04T03:00:00Z')
  const { round, student } = await seeded({ submissionsTotal: 5 })
  const before = await kept(service)
  const answers = await Promise.all(Array.from({ length: 50 }, () => upload(service, send(round, student))))
  expect(answers.filter((answer) => submissionSchema.safeParse(answer).success)).toHaveLength(5)
  const codes = answers.flatMap((answer) => problemSchema.safeParse(answer).data?.code ?? [])
  expect(codes).toEqual(Array.from({ length: 45 }, () => 'QUOTA_TOTAL_USED'))
  // The refused left no files: five models of two files each.
  expect(await kept(service)).toEqual({ rows: before.rows + 5, files: before.files + 10, uploads: 0 })
  expect(await quotaOf(round, student)).toMatchObject({ totalLimit: 5, totalLeft: 0, nextSlotAt: null })
})

it('baselines are free of quota', async () => {
  const { round, student } = await seeded({ submissionsTotal: 1 })
  const { id } = await service.prisma.entry.findFirstOrThrow({ where: { roundId: round.id } })
  await service.prisma.entry.update({ where: { id }, data: { kind: 'BASELINE' } })
  const take = () => service.prisma.$transaction((tx) => takeQuota(tx, round, id, clock))
  await submitted(service, send(round, student))
  await expect(take()).resolves.toBeUndefined()
  await service.prisma.entry.update({ where: { id }, data: { kind: 'TEAM' } })
  await expect(take()).rejects.toMatchObject({ code: 'QUOTA_TOTAL_USED' })
})

describe('the quota of a day', () => {
  it('is that of receivedAt’s day in the round’s zone, and resets at the round’s midnight', async () => {
    // A round in Tokyo, followed from New York on the day its clocks go back: only the round's zone counts.
    const midnight = new Date('2026-11-01T15:00:00Z')
    clock = new Date(midnight.getTime() - 1)
    const { round, student } = await seeded({ submissionsPerDay: 1, timeZone: 'Asia/Tokyo' })
    expect(await quotaOf(round, student)).toMatchObject({ dayLimit: 1, dayLeft: 1, nextSlotAt: null })
    await submitted(service, send(round, student))
    expect(await quotaOf(round, student)).toMatchObject({ dayLeft: 0, nextSlotAt: midnight.toISOString() })
    expect(await refused(service, send(round, student))).toMatchObject({
      status: 409,
      code: 'QUOTA_DAY_USED',
      params: { limit: 1, nextSlotAt: midnight.toISOString(), timeZone: 'Asia/Tokyo' },
    })
    clock = midnight
    expect(await quotaOf(round, student)).toMatchObject({ dayLeft: 1, nextSlotAt: null })
    await submitted(service, send(round, student))
  })

  it('of 25 hours, when the round’s clocks go back, is one day', async () => {
    clock = new Date('2026-11-01T04:00:00Z') // 00:00 in New York, at UTC-4
    const { round, student } = await seeded({ submissionsPerDay: 1, timeZone: 'America/New_York' })
    await submitted(service, send(round, student))
    clock = new Date('2026-11-02T04:59:59.999Z') // 23:59:59.999, at UTC-5
    expect((await refused(service, send(round, student))).params.nextSlotAt).toBe('2026-11-02T05:00:00.000Z')
    clock = new Date('2026-11-02T05:00:00Z')
    await submitted(service, send(round, student))
  })

  it('used up is told before the body is read', async () => {
    clock = new Date('2026-12-04T03:00:00Z')
    const { round, student } = await seeded({ submissionsPerDay: 1 })
    await submitted(service, send(round, student))
    // Only headers are sent: an answer comes all the same.
    const request = openUpload(service.app.listeningOrigin, send(round, student))
    request.flushHeaders()
    const [response] = await once(request, 'response')
    expect(response.statusCode).toBe(409)
    request.destroy()
  })
})

describe('quota comes back', () => {
  it('when its owner cancels while the submission is QUEUED, and to the day of receivedAt', async () => {
    clock = new Date('2026-12-04T14:59:59Z')
    const { round, student } = await seeded({ submissionsPerDay: 1, submissionsTotal: 2 })
    const { id } = await submitted(service, send(round, student))
    clock = new Date('2026-12-04T15:00:01Z')
    await submitted(service, send(round, student))
    expect(await quotaOf(round, student)).toMatchObject({ dayLeft: 0, totalLeft: 0 })
    await student.request('DELETE', `/api/submissions/${id}`)
    expect(await quotaOf(round, student)).toMatchObject({ dayLeft: 0, totalLeft: 1 })
    expect((await refused(service, send(round, student))).code).toBe('QUOTA_DAY_USED')
  })

  it('not when it is cancelled while it runs', async () => {
    const { round, student } = await seeded({ submissionsTotal: 2 })
    const { id } = await submitted(service, send(round, student))
    await claimed(id)
    expect((await student.request('DELETE', `/api/submissions/${id}`)).json().status).toBe('CANCELLED')
    expect(await quotaOf(round, student)).toMatchObject({ totalLeft: 1 })
  })

  it('when the run FAILED by the system’s fault, not when the model was REJECTED', async () => {
    const { round, student } = await seeded({ submissionsTotal: 2 })
    const failed = await submitted(service, send(round, student))
    const reason = { code: 'SCORING_INTERRUPTED', params: {} } as const
    await finishUnscored(service.prisma, await claimed(failed.id), 'FAILED', reason)
    expect(await quotaOf(round, student)).toMatchObject({ totalLeft: 2 })
    const rejected = await submitted(service, send(round, student))
    await finishUnscored(service.prisma, await claimed(rejected.id), 'REJECTED', {
      code: 'OUTPUT_NOT_FINITE',
      params: {},
    })
    expect(await quotaOf(round, student)).toMatchObject({ totalLeft: 1 })
  })
})

describe('the last millisecond', () => {
  const closesAt = new Date('2026-12-04T14:59:00Z')

  it('a submission received before the deadline counts even when scored after it', async () => {
    clock = new Date(closesAt.getTime() - 1)
    const { round, student } = await seeded({ closesAt })
    const { id } = await submitted(service, send(round, student))
    clock = new Date(closesAt.getTime() + 3_600_000)
    await claimed(id)
    const { receivedAt, status } = (await student.get(`/api/submissions/${id}`)).json()
    expect([receivedAt, status]).toEqual(['2026-12-04T14:58:59.999Z', 'RUNNING'])
  })

  it('is over at the deadline', async () => {
    clock = closesAt
    const { round, student } = await seeded({ closesAt })
    expect(await refused(service, send(round, student))).toMatchObject({
      code: 'ROUND_CLOSED',
      params: { closesAt: closesAt.toISOString() },
    })
  })
})

describe('a model that breaks a rule of its round costs no quota and leaves nothing', () => {
  it.each<[code: string, rules: Partial<Round>, params: object]>([
    ['RULE_LAYER_FORBIDDEN', { forbiddenLayers: ['Dense'] }, { layer: 'Dense' }],
    ['RULE_LAYER_REQUIRED', { requiredLayers: ['LSTM', 'GRU'] }, { layers: 'LSTM, GRU' }],
    ['RULE_PARAMETERS', { maxParameters: 14n }, { found: 15, limit: 14 }],
    // Dense from 4 pixels to 3 classes: 12 multiply-accumulates.
    ['RULE_MACS', { maxMacs: 11n }, { found: 12, limit: 11 }],
  ])('%s', async (code, rules, params) => {
    const { round, student } = await seeded({ ...rules, submissionsTotal: 1 })
    const before = await kept(service)
    expect(await refused(service, send(round, student))).toMatchObject({ status: 422, code, params })
    expect(await kept(service)).toEqual({ ...before, uploads: 0 })
    expect(await quotaOf(round, student)).toMatchObject({ totalLeft: 1 })
  })

  it('and one that keeps them all to the last parameter is taken', async () => {
    const limits = {
      maxParameters: 15n,
      maxMacs: 12n,
      requiredLayers: ['Dense'],
      forbiddenLayers: ['Conv2D'],
    }
    const { round, student } = await seeded(limits)
    await submitted(service, send(round, student))
  })
})
