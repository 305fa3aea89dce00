import { inflateSync } from 'node:zlib'
import type { LeaderboardView } from '@taikai/shared/leaderboard-view'
import { type RankingMetric, rankingMetrics } from '@taikai/shared/ranking-metric'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { buildTestApp, type TestApp } from '../../../test/build-test-app.ts'
import type { Round } from '../../generated/prisma/client.ts'
import { TestClient } from '../../http/test-client.ts'
import { buildRoundInput, registeredStudent, signedInInstructor } from '../../http/test-data.ts'
import { claimRun } from '../../jobs/runs.repository.ts'
import { scoreRun } from '../../jobs/score-run.ts'
import { seedRound, stageFiles, unitMeta, wasmOnly } from '../../jobs/test-fixtures.ts'
import { createInspector } from '../../scoring/inspector.ts'
import { probeSandbox, type Sandbox } from '../../scoring/sandbox.ts'
import { type ScoringRequest, scoreInChild } from '../../scoring/score-in-child.ts'
import { stratifiedSplit } from '../datasets/split.ts'
import { createSubmission } from '../submissions/submissions.service.ts'
import { submitted } from '../submissions/test-uploads.ts'
import { contestImages, formTeams, inspectOnce, models, type Team } from './contest-players.ts'
import {
  answersOf,
  independentFinal,
  independentRanking,
  type Place,
  type Sent,
} from './independent-ranking.ts'
import { at, placesOf, readBoard } from './test-contest.ts'

// A whole contest: 40 students in 12 teams, 300 submissions of 30 models on 500 images, and two baselines. Registration, teams,
// quota, storage, claims, splits, scores, picks and dates go the ways that they go in the service; each team's first upload comes
// by the route. What a child process said is kept: each topology is inspected once, and each of the 30 models predicts once.
const outcomes = new Map<string, ReturnType<typeof scoreInChild>>()
function predictOnce(request: ScoringRequest): ReturnType<typeof scoreInChild> {
  const model = request.files.map(({ bytes }) => Buffer.from(bytes).toString('base64')).join()
  const outcome = outcomes.get(model) ?? scoreInChild(request)
  outcomes.set(model, outcome)
  return outcome
}

/** For a busy machine: every wait ends as soon as its condition holds. */
const patience = { timeout: 600_000, interval: 50 }
const listening = { timeout: 30_000, interval: 50 }
vi.setConfig({ testTimeout: patience.timeout })

const teamSizes = [4, 4, 4, 4, 3, 3, 3, 3, 3, 3, 3, 3]
const picks = 2
/** Every ten seconds one, the teams in turn. */
const turn = (place: number) => new Date(at(0).getTime() + place * 10_000)
const [freezeTurn, closeTurn] = [180, 300]

let clock = at(0)
let service: TestApp
let sandbox: Sandbox
let instructor: TestClient
let visitor: TestClient
let round: Round
let teams: Team[]
let split: { shown: number[]; hidden: number[] }
type Upload = { id: string; model: number; entryId: string }
/** In the order in which they were received. */
const uploads: Upload[] = []
/** By the submission's id, what is scored and not disqualified. */
const scored = new Map<string, Sent>()

beforeAll(async () => {
  sandbox = await probeSandbox('best-effort', { info: () => undefined, warn: () => undefined })
  service = await buildTestApp({ now: () => clock, inspect: inspectOnce(createInspector(sandbox)) })
  await service.app.listen()
  instructor = await signedInInstructor(service)
  visitor = new TestClient(service.app)
  round = await openRound()
  teams = await formTeams(service, round, teamSizes)
  const { labels, classCount } = contestImages
  const { isPublic } = stratifiedSplit(labels, classCount, 30, round.splitSeed)
  const images = [...labels.keys()]
  split = {
    shown: images.filter((image) => isPublic[image] === 1),
    hidden: images.filter((image) => isPublic[image] === 0),
  }
}, patience.timeout)
afterAll(async () => {
  await service.close()
})

/** By the route; the seed of its split is then the same in every run of this test. */
async function openRound(): Promise<Round> {
  const classNames = Array.from({ length: contestImages.classCount }, (_, label) => `class ${label}`)
  const { datasetId } = await seedRound(service, { ...contestImages, classNames })
  const dates = { opensAt: turn(0), freezesAt: turn(freezeTurn), closesAt: turn(closeTurn) }
  const rules = { teamSize: 4, finalPicks: picks, submissionsTotal: 25, visitorsMaySee: true }
  const created = await instructor.post(
    '/api/rounds',
    buildRoundInput(datasetId, { ...dates, ...rules, slug: 'contest' }),
  )
  expect(created.statusCode, created.body).toBe(201)
  return service.prisma.round.update({ where: { slug: 'contest' }, data: { splitSeed: 'contest' } })
}

/** Sends a model at that moment by the service's clock: the first of each team by the route, the others behind it, to save time. */
async function send(team: Team | undefined, member: number, model: number, receivedAt: Date): Promise<void> {
  const client = team?.members[member]
  const files = models[model]?.files
  if (team === undefined || client === undefined || files === undefined) throw new Error(`model ${model}?`)
  clock = receivedAt
  if (uploads.every(({ entryId }) => entryId !== team.entryId)) {
    const { id } = await submitted(service, { slug: round.slug, headers: { cookie: client.cookie }, files })
    uploads.push({ id, model, entryId: team.entryId })
    return
  }
  const staged = await stageFiles(service.config.dataDir, files)
  const accepted = { round, entryId: team.entryId, submittedById: null, receivedAt, meta: unitMeta }
  const { id } = await createSubmission(service, { ...accepted, files: staged })
  uploads.push({ id, model, entryId: team.entryId })
}

/** A team goes through eight models in 25 turns, and shares six of them with the next team. */
async function takeTurns(from: number, to: number): Promise<void> {
  for (let place = from; place < to; place++) {
    const index = place % teamSizes.length
    const model = 2 * index + Math.floor((Math.floor(place / teamSizes.length) * 8) / 25)
    await send(teams[index], place % 3, model, turn(place))
  }
}

/** A worker's part for all that waits, two at a time; then the raw outputs are read from where it stored them. */
async function score(waiting: readonly Upload[]): Promise<void> {
  const { prisma, blobs } = service
  const readTrainingStatistics = () => Promise.reject(new Error('no model needs them'))
  const worker = { sandbox, engines: wasmOnly, workerId: null, score: predictOnce }
  const deps = { ...service, ...worker, readTrainingStatistics }
  const where = { submissionId: { in: waiting.map(({ id }) => id) } }
  const runIds = new Map(
    (await prisma.scoringRun.findMany({ where })).map((run) => [run.submissionId, run.id]),
  )
  // Teams take turns, so that no team has two at once.
  const lanes = [0, 1].map(async (lane) => {
    for (const [place, { id }] of waiting.entries()) {
      if (place % 2 !== lane) continue
      const run = await claimRun(prisma, { runId: runIds.get(id) ?? '', engines: wasmOnly })
      if (run === null) throw new Error('each waiting run can be claimed')
      await scoreRun(deps, run, new AbortController().signal)
    }
  })
  await Promise.all(lanes)
  const runs = await prisma.scoringRun.findMany({ where, include: { submission: true } })
  for (const { status, submissionId, submission, outputsBlob } of runs) {
    expect(status).toBe('SCORED')
    const outputs = new Uint8Array(inflateSync(await blobs.readBytes(outputsBlob ?? '')))
    const { model = -1, entryId = '' } = uploads.find(({ id }) => id === submissionId) ?? {}
    scored.set(submissionId, {
      ...{ entryId, isTeam: teams.some((team) => team.entryId === entryId), picked: false },
      receivedAt: submission.receivedAt.getTime(),
      answers: answersOf(
        new Float32Array(outputs.buffer),
        models[model]?.kind ?? 'logits',
        contestImages.labels,
      ),
    })
  }
}

/** Whoever asks gets that ranking, at the latest when the service has heard of what changed. */
async function expectBoard(
  [metric, view]: readonly [RankingMetric, LeaderboardView],
  expected: readonly Place[],
  clients: readonly TestClient[],
): Promise<void> {
  for (const client of clients) {
    await vi.waitFor(async () => {
      const board = await readBoard(client, round, view)
      expect([board.metric, placesOf(board)]).toEqual([metric, expected])
    }, listening)
  }
}

async function rankBy(metric: RankingMetric): Promise<void> {
  const changed = await instructor.request('PATCH', `/api/rounds/${round.slug}`, { metric })
  expect(changed.statusCode, changed.body).toBe(200)
}

const until = (moment: Date) => [...scored.values()].filter(({ receivedAt }) => receivedAt < moment.getTime())
const state = async () => (await visitor.get(`/api/rounds/${round.slug}`)).json().state
const students = () => teams.flatMap(({ members }) => members)
const others = () => [visitor, ...students().filter((_, place) => place % 13 === 0)]

it('has 40 students in 12 teams', async () => {
  expect(students()).toHaveLength(40)
  const { entries } = (await instructor.get(`/api/rounds/${round.slug}/entries`)).json()
  const sizes = z.array(z.object({ members: z.array(z.unknown()) })).parse(entries)
  expect(sizes.map(({ members }) => members.length).toSorted()).toEqual(teamSizes.toSorted())
})

it('ranks all alike while it is open', async () => {
  for (const model of [10, 20]) {
    const assistant = await registeredStudent(service, round, `Baseline ${model}`)
    const { id } = (await assistant.get(`/api/rounds/${round.slug}/entry`)).json()
    await service.prisma.entry.update({ where: { id }, data: { kind: 'BASELINE' } })
    const baseline = { entryId: id, members: [assistant] }
    await send(baseline, 0, model, new Date(turn(0).getTime() + model))
  }
  await takeTurns(0, freezeTurn)
  // The last one before the freeze is scored when the ranking stands still.
  await score(uploads.slice(0, -1))
  expect(await state()).toBe('open')
  for (const metric of rankingMetrics) {
    await rankBy(metric)
    const expected = independentRanking(metric, [...scored.values()], split.shown)
    expect(expected).toHaveLength(teamSizes.length + 2)
    await expectBoard([metric, 'public'], expected, [instructor, ...others()])
  }
})

it('stands still from the freeze on, for all but the instructor', async () => {
  const before = uploads.length
  await takeTurns(freezeTurn, closeTurn)
  // The last one before the close is scored after it.
  await score(uploads.slice(before - 1, -1))
  expect(await state()).toBe('frozen')
  // A submission that counts for a team is disqualified: that acts at once.
  const [first] = independentRanking('accuracy', until(turn(freezeTurn)), split.shown)
  const [copied = ''] = [...scored].flatMap(([id, { entryId, receivedAt }]) =>
    entryId === first?.entryId && receivedAt === first.receivedAt ? [id] : [],
  )
  const out = await instructor.post(`/api/submissions/${copied}/disqualify`, { reason: 'copied' })
  expect(out.statusCode, out.body).toBe(200)
  scored.delete(copied)
  for (const metric of rankingMetrics) {
    await rankBy(metric)
    const frozen = independentRanking(metric, until(turn(freezeTurn)), split.shown)
    const live = independentRanking(metric, [...scored.values()], split.shown)
    expect(live).not.toEqual(frozen)
    await expectBoard([metric, 'public'], frozen, others())
    await expectBoard([metric, 'public'], live, [instructor])
  }
})

it('takes picks until the close, and decisions after it', async () => {
  // Eight teams pick an early and a late submission, the ninth its last one, which is not scored yet; three leave it to the default.
  const last = uploads.slice(-teamSizes.length)
  const picked = [...uploads.slice(2, 10), ...last.slice(0, 8), ...last.slice(-1)]
  for (const { id, entryId } of picked) {
    const member = teams.find((team) => team.entryId === entryId)?.members[1]
    const answer = await member?.request('PUT', `/api/submissions/${id}/final`, { pick: true })
    expect(answer?.statusCode, answer?.body).toBe(200)
    const one = scored.get(id)
    if (one !== undefined) one.picked = true
  }
  clock = turn(closeTurn)
  expect(await state()).toBe('closed')
  const refused = await instructor.post(`/api/rounds/${round.slug}/publish`, {})
  expect(refused.json()).toMatchObject({ code: 'ROUND_RUNS_UNFINISHED', params: { count: 1 } })
  await score(uploads.slice(-1))
  for (const { id } of last.slice(-1)) {
    const one = scored.get(id)
    if (one !== undefined) one.picked = true
  }
  const cheat = teams[4]?.entryId
  const url = `/api/rounds/${round.slug}/entries/${cheat}/disqualification`
  expect((await instructor.post(url, { reason: 'two accounts' })).statusCode).toBe(200)
  for (const [id, { entryId }] of scored) if (entryId === cheat) scored.delete(id)
  const frozen = independentRanking('macro-f1', until(turn(freezeTurn)), split.shown)
  await expectBoard(['macro-f1', 'public'], frozen, others())
})

it('ends with the final ranking, to the last place, by every metric', async () => {
  expect([uploads.length - 2, new Set(uploads.map(({ model }) => model)).size]).toEqual([300, 30])
  for (const [index, metric] of rankingMetrics.entries()) {
    await rankBy(metric)
    const shown = independentRanking(metric, [...scored.values()], split.shown)
    const final = independentFinal(metric, [...scored.values()], { ...split, picks })
    expect(final).toHaveLength(teamSizes.length - 1 + 2)
    await expectBoard([metric, 'final'], final, [instructor])
    const published = await instructor.post(`/api/rounds/${round.slug}/publish`, {})
    expect(published.json()).toMatchObject({ state: 'published' })
    await expectBoard([metric, 'final'], final, [instructor, ...others()])
    await expectBoard([metric, 'public'], shown, [instructor, ...others()])
    const { version, rows } = await readBoard(visitor, round, 'final')
    expect(version).toBe(index + 1)
    const publicRanks = rows.map(({ entryId }) => shown.find((row) => row.entryId === entryId)?.rank)
    expect(rows.map(({ publicRank }) => publicRank)).toEqual(publicRanks)
    // A published round keeps its metric: for the next one, it is as if it had not been published.
    await service.prisma.round.update({ where: { id: round.id }, data: { publishedAt: null } })
  }
})

it('was a contest that shows something', () => {
  const final = (metric: RankingMetric) => independentFinal(metric, [...scored.values()], { ...split, picks })
  const ranks = final('accuracy').flatMap(({ rank }) => rank ?? [])
  const groups = final('accuracy').flatMap(({ group }) => group ?? [])
  expect(new Set(ranks).size).toBeLessThan(ranks.length)
  expect(new Set(groups).size).toBeGreaterThan(1)
  expect(new Set(groups).size).toBeLessThan(groups.length)
  expect(
    new Set(rankingMetrics.map((metric) => JSON.stringify(final(metric).map((row) => row.entryId)))).size,
  ).toBe(5)
})
