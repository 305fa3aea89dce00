import { rm } from 'node:fs/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { buildTestApp, type TestApp } from '../../test/build-test-app.ts'
import { buildWebRoot } from '../../test/build-web-root.ts'
import type { Round } from '../generated/prisma/client.ts'
import { TestClient } from './test-client.ts'
import { insertScored, registeredStudent, seedRound } from './test-data.ts'

const now = new Date('2026-11-23T12:00:00Z')

let service: TestApp
let webRoot: string
let round: Round
let yuki: TestClient
let visitor: TestClient
beforeAll(async () => {
  webRoot = await buildWebRoot()
  service = await buildTestApp({ webRoot, now: () => now })
  round = await seedRound(service, {
    visitorsMaySee: true,
    rankingNames: 'PSEUDONYM',
    title: 'Cup </script>',
  })
  visitor = new TestClient(service.app)
  yuki = await registeredStudent(service, round, 'Yuki')
  await registeredStudent(service, round, 'Haruto')
  for (const { id: entryId } of await service.prisma.entry.findMany({ where: { roundId: round.id } }))
    await insertScored(service, { round, entryId, public: { correct: 20, total: 30, top5Correct: 25 } })
})
afterAll(async () => {
  await service.close()
  await rm(webRoot, { recursive: true })
})

/** The answers in a page by the first word of their keys; null where the browser is left to draw. */
function answersIn(html: string): Record<string, unknown> | null {
  const [, json] = /<script type="application\/json" id="first-answers">(.*?)<\/script>/.exec(html) ?? []
  if (json === undefined) return null
  const answers: [[string], unknown][] = JSON.parse(json)
  return Object.fromEntries(answers.map(([[key], answer]) => [key, answer]))
}

it('holds exactly what the API answers to whoever asks for the page', async () => {
  const path = `/api/rounds/${round.slug}`
  for (const client of [visitor, yuki]) {
    const { body, headers } = await client.get(`/rounds/${round.slug}`)
    const ask = async (url: string) => (await client.get(url)).json()
    expect(answersIn(body)).toEqual({
      me: (await ask('/api/me')).me,
      round: await ask(path),
      leaderboard: await ask(`${path}/leaderboard?view=public`),
      announcements: (await ask(`${path}/announcements`)).announcements,
      ...(client === yuki && { entry: await ask(`${path}/entry`) }),
    })
    expect(headers['cache-control']).toBe('private, no-store')
  }
})

it('tells visitors nothing of those who are signed in, and nobody whose pseudonym is whose', async () => {
  const forVisitor = (await visitor.get(`/rounds/${round.slug}`)).body
  expect(forVisitor).toContain('66.67')
  expect(forVisitor).not.toMatch(/Yuki|Haruto|@example\.test/)
  const forYuki = (await yuki.get(`/rounds/${round.slug}`)).body
  expect(forYuki).toContain('Yuki')
  expect(forYuki).not.toContain('Haruto')
})

it('names styles and scripts of the page, and puts no style where the policy refuses it', async () => {
  const { body } = await visitor.get('/')
  expect(body).toContain('<link rel="stylesheet" crossorigin href="/assets/rounds-page.css">')
  expect(body).toContain('<link rel="modulepreload" crossorigin href="/assets/rounds-page.js">')
  expect(body).toContain('Cup &lt;/script&gt;')
  expect(body).not.toMatch(/<[^>]* style=/)
})

it('writes in the language that was chosen on the device', async () => {
  const page = async (cookie: string) => (await visitor.get('/', { cookie })).body
  expect(await page('taikai-locale=en')).toMatch(/<html lang="en">[\s\S]*<h1>Rounds<\/h1>/)
  expect(await page('a=b')).toMatch(/<html lang="ja">[\s\S]*<h1>ラウンド<\/h1>/)
})

it('leaves to the browser what the API refuses, pages with forms, and addresses that are none', async () => {
  const hidden = await seedRound(service, { visitorsMaySee: false })
  for (const url of [
    `/rounds/${hidden.slug}`,
    `/rounds/${round.slug}/submit`,
    '/nothing',
    '/rounds/a/b/c',
    '/guide/models/',
  ]) {
    const { statusCode, body } = await visitor.get(url)
    expect(statusCode, url).toBe(200)
    expect(body, url).toContain('<div id="root"></div>')
  }
})
