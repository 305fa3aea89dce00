import { rm } from 'node:fs/promises'
import type { RoundState } from '@taikai/shared/round-state'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { buildTestApp, type TestApp } from '../../test/build-test-app.ts'
import { buildWebRoot } from '../../test/build-web-root.ts'
import type { Round } from '../generated/prisma/client.ts'
import { TestClient } from './test-client.ts'
import {
  buildScore,
  insertScored,
  registeredStudent,
  seedDataset,
  seedRound,
  signedInInstructor,
} from './test-data.ts'
import { found, privateScore, publicScore } from './test-split-scores.ts'

const now = new Date('2026-11-23T12:00:00Z')
const at = (hour: number) => new Date(Date.UTC(2026, 10, 23, hour))
const open = { opensAt: at(9) }
const dates: Record<RoundState, Partial<Round>> = {
  draft: { opensAt: null },
  scheduled: { opensAt: at(13) },
  open,
  frozen: { ...open, freezesAt: at(10) },
  closed: { ...open, freezesAt: at(10), closesAt: at(11) },
  // Published below, by the route.
  published: { ...open, closesAt: at(11) },
}

let service: TestApp
let webRoot: string
let people: { visitor: TestClient; student: TestClient; other: TestClient }
let instructor: TestClient
let datasetId: string
beforeAll(async () => {
  webRoot = await buildWebRoot()
  service = await buildTestApp({ webRoot, now: () => now })
  datasetId = (await seedDataset(service)).id
  const lobby = await seedRound(service, { datasetId })
  people = {
    visitor: new TestClient(service.app),
    student: await registeredStudent(service, lobby),
    other: await registeredStudent(service, lobby),
  }
  instructor = await signedInInstructor(service)
})
afterAll(async () => {
  await service.close()
  await rm(webRoot, { recursive: true })
})

/** What may stand for a path's parameters and in its query. */
type Values = {
  slug: string
  joinCode: string
  inviteCodes: string[]
  submissionIds: string[]
  entryIds: string[]
  rescoreId: string
  personIds: string[]
}

const openApi = z.object({
  paths: z.record(
    z.string(),
    z.object({
      get: z
        .object({
          parameters: z
            .array(
              z.object({
                in: z.string(),
                name: z.string(),
                schema: z.object({ enum: z.array(z.string()).optional() }),
              }),
            )
            .default([]),
        })
        .optional(),
    }),
  ),
})

/** What parameters of queries may be that are not one of a few words. */
const queryValues: Record<string, readonly string[]> = {
  perClass: ['2'],
  count: ['3'],
  search: ['yuki'],
  // Of the table of submissions and the audit log, whose other parameters only leave things out.
  round: ['demo'],
  q: ['a'],
  offset: ['1'],
  limit: ['1'],
  who: ['a'],
  action: ['round.'],
  subject: ['demo'],
  from: ['2026-11-23T00:00:00Z'],
  to: ['2026-11-24T00:00:00Z'],
  after: ['1795000000000_00000000-0000-0000-0000-000000000000'],
  ...{ steps: ['1:5'], rest: ['4'], none: ['1'] },
}
/** Beyond so many, each value of each parameter is asked alone. */
const combinationsAtMost = 64

/** Every GET route of the service with everything that it can be asked. Throws for a parameter that has no value here. */
async function everyUrl(values: Values): Promise<string[]> {
  const { paths } = openApi.parse((await instructor.get('/api/openapi.json')).json())
  const urls = Object.entries(paths).flatMap(([path, { get }]) => {
    // The stream of events never ends; its schema has a topic and a number of its own.
    if (get === undefined || path === '/api/events') return []
    const choices = get.parameters
      .filter((parameter) => parameter.in === 'query')
      .map(({ name, schema }) => {
        const known = schema.enum ?? queryValues[name]
        if (known === undefined) throw new Error(`what may ${name} of ${path} be?`)
        return known.map((value) => `${name}=${value}&`)
      })
    const queries =
      choices.reduce((count, { length }) => count * (1 + length), 1) <= combinationsAtMost
        ? choices.reduce<string[]>(
            (all, each) => all.flatMap((query) => [query, ...each.map((value) => query + value)]),
            ['?'],
          )
        : ['?', ...choices.flat().map((value) => `?${value}`)]
    return concretePaths(path, values).flatMap((url) => queries.map((query) => url + query))
  })
  // What is not of the API has no schema there.
  const others = ['/healthz', '/readyz', '/taikai.py', '/starter.ja.ipynb', '/starter.en.ipynb']
  return [...urls, ...others, ...writtenPages(values)]
}

/** Pages into whose HTML the server writes what it answers. */
function writtenPages({ slug }: Values): string[] {
  return ['/', `/rounds/${slug}`, `/rounds/${slug}?view=final`]
}

function concretePaths(path: string, values: Values): string[] {
  const name = /\{(\w+)\}/.exec(path)?.[1]
  if (name === undefined) return [path]
  const choices = choicesFor(path, name, values)
  return choices.flatMap((value) => concretePaths(path.replace(`{${name}}`, value), values))
}

function choicesFor(path: string, name: string, values: Values): string[] {
  if (name === 'slug') return [values.slug]
  if (name === 'code') return path.startsWith('/api/invites/') ? values.inviteCodes : [values.joinCode]
  const [, , collection, , nested] = path.split('/')
  const of = nested !== undefined && collection === 'rounds' ? nested : collection
  if (name === 'id' && of === 'datasets') return [datasetId]
  if (name === 'id' && of === 'people') return values.personIds
  if (name === 'position') return ['0', '1']
  if (name === 'id' && of === 'entries') return values.entryIds
  if (name === 'id' && of === 'rescores') return [values.rescoreId]
  if ((name === 'id' || name === 'other') && of === 'submissions') return values.submissionIds
  throw new Error(`what may stand for {${name}} in ${path}?`)
}

/** A round in that state: a scored submission of each student and of a baseline, an announcement, and a rescore on the way. */
async function contestIn(state: RoundState): Promise<Values> {
  const round = await seedRound(service, { datasetId, visitorsMaySee: true, ...dates[state] })
  const { prisma } = service
  const entryIds: string[] = []
  const inviteCodes: string[] = []
  const personIds: string[] = []
  for (const client of [people.student, people.other]) {
    const userId: string = (await client.get('/api/me')).json().me.id
    const inviteCode = `${round.id}-${userId}`
    inviteCodes.push(inviteCode)
    personIds.push(userId)
    const { id } = await prisma.entry.create({
      data: {
        roundId: round.id,
        name: userId,
        inviteCode,
        members: { create: { user: { connect: { id: userId } } } },
      },
    })
    entryIds.push(id)
  }
  const baseline = await prisma.entry.create({ data: { roundId: round.id, name: 'Base', kind: 'BASELINE' } })
  entryIds.push(baseline.id)
  const submissionIds: string[] = []
  for (const entryId of entryIds) {
    const score = { round, entryId, public: publicScore, private: privateScore }
    submissionIds.push(
      await insertScored(service, { ...score, receivedAt: new Date('2026-11-23T09:30:00Z') }),
    )
  }
  if (state === 'published') {
    const published = await instructor.post(`/api/rounds/${round.slug}/publish`, {})
    expect(published.statusCode, published.body).toBe(200)
  }
  const { slug, joinCode } = round
  await prisma.announcement.create({ data: { roundId: round.id, body: 'Good luck' } })
  const rescoreId = await insertRescore(round, submissionIds[0] ?? '')
  return { slug, joinCode, inviteCodes, submissionIds, entryIds, rescoreId, personIds }
}

/** A rescore of the round that has scored the submission again, and is not live. */
async function insertRescore(round: Round, submissionId: string): Promise<string> {
  const scores = [
    { split: 'PUBLIC' as const, ...buildScore(publicScore) },
    { split: 'PRIVATE' as const, ...buildScore(privateScore) },
  ]
  const run = {
    ...{ submissionId, datasetId, live: false, status: 'SCORED' as const, finishedAt: now },
    ...{ imagesTotal: 100, imagesDone: 100 },
    ...{ engine: 'wasm', engineVersion: '1', scorerVersion: '1', splitId: 'split' },
  }
  const { id } = await service.prisma.rescore.create({
    data: { roundId: round.id, datasetId, runs: { create: { ...run, scores: { create: scores } } } },
  })
  return id
}

/** Where a student is answered in every state, if the crawl's values are the right ones. */
function ownPages({ slug, inviteCodes: [invite], submissionIds: [own] }: Values): string[] {
  const round = [
    '',
    '/announcements',
    '/entry',
    '/history',
    '/leaderboard',
    '/leaderboard.csv',
    '/submissions',
  ]
  return [
    ...round.map((path) => `/api/rounds/${slug}${path}`),
    ...['', '/receipt', '/standing', `/compare/${own}`].map((path) => `/api/submissions/${own}${path}`),
    `/api/invites/${invite}`,
  ]
}

describe.each(['draft', 'scheduled', 'open', 'frozen', 'closed'] as const)('a round that is %s', (state) => {
  it('shows numbers of the private split to nobody but instructors, on no route', async () => {
    const contest = await contestIn(state)
    const urls = await everyUrl(contest)
    for (const [who, client] of Object.entries(people)) {
      const bodies: string[] = []
      for (const url of urls) {
        const { statusCode, body } = await client.get(url)
        expect(statusCode, `${who} ${url} ${body}`).toBeLessThan(500)
        expect(found(body), `${who} ${url}`).toEqual([])
        bodies.push(body)
      }
      // It was really asked: public numbers came.
      if (state !== 'draft' || who !== 'visitor') expect(bodies.join()).toContain(String(publicScore.correct))
    }
    for (const url of ownPages(contest)) expect((await people.student.get(url)).statusCode, url).toBe(200)
    const page = await people.student.get(`/rounds/${contest.slug}`)
    expect(page.body).toContain(String(publicScore.correct))
    const preview = await instructor.get(`/api/rounds/${contest.slug}/leaderboard?view=final`)
    expect(found(preview.body)).toContain(String(privateScore.correct))
  })
})

describe('a round that is published', () => {
  it('shows numbers of the private split in the final ranking, and nowhere else', async () => {
    const contest = await contestIn('published')
    const ranking = `/rounds/${contest.slug}`
    const final = (url: string) =>
      (url.includes('/leaderboard') && url.includes('view=final')) || url.split('?')[0] === ranking
    for (const [who, client] of Object.entries(people)) {
      for (const url of await everyUrl(contest)) {
        const { statusCode, body } = await client.get(url)
        expect(statusCode, `${who} ${url} ${body}`).toBeLessThan(500)
        if (final(url)) expect(found(body), `${who} ${url}`).toContain(String(privateScore.correct))
        else expect(found(body), `${who} ${url}`).toEqual([])
      }
    }
  })
})
