import { afterAll, beforeAll, expect, it } from 'vitest'
import { buildTestApp, type TestApp } from '../../../test/build-test-app.ts'
import type { Round } from '../../generated/prisma/client.ts'
import { TestClient } from '../../http/test-client.ts'
import { insertScored, registeredStudent, seedRound, signedInInstructor } from '../../http/test-data.ts'
import { entryOf } from './test-teams.ts'

/** Names that are found in no other text of an answer. */
const [own, other] = ['Handle of Hana', 'Handle of Ren']

let service: TestApp
let round: Round
let hana: TestClient
let instructor: TestClient
beforeAll(async () => {
  service = await buildTestApp()
  round = await seedRound(service, { visitorsMaySee: true, rankingNames: 'PSEUDONYM' })
  instructor = await signedInInstructor(service)
  const clients = await Promise.all([own, other].map((name) => registeredStudent(service, round, name)))
  for (const [at, client] of clients.entries()) {
    const { id: entryId } = await entryOf(client, round)
    await insertScored(service, { round, entryId, public: { correct: 20 - at, total: 30, top5Correct: 30 } })
    if (at === 0) hana = client
  }
  const base = await service.prisma.entry.create({
    data: { roundId: round.id, name: 'Linear', kind: 'BASELINE' },
  })
  await insertScored(service, {
    round,
    entryId: base.id,
    public: { correct: 1, total: 30, top5Correct: 30 },
  })
})
afterAll(async () => {
  await service.close()
})

const alias = expect.stringMatching(/^[A-Z][a-z]+ [A-Z][a-z]+ \d{3}$/)
async function names(client: TestClient, query = ''): Promise<string[]> {
  const response = await client.get(`/api/rounds/${round.slug}/leaderboard${query}`)
  expect(response.statusCode, response.body).toBe(200)
  return response.json().rows.map(({ name }: { name: string }) => name)
}

it('is the pseudonym to visitors, one’s own name to members, and every name to instructors', async () => {
  const visitor = new TestClient(service.app)
  expect(await names(visitor)).toEqual([alias, alias, 'Linear'])
  expect(await names(hana)).toEqual([own, (await names(visitor))[1], 'Linear'])
  expect(await names(instructor)).toEqual([own, other, 'Linear'])
})

it('holds on every route that shows others, before and after the final ranking is published', async () => {
  const url = `/api/rounds/${round.slug}`
  const shown = ['', '/leaderboard', '/leaderboard.csv', '/history', '/submissions', '/entry']
  const expectHidden = async (paths: readonly string[]) => {
    for (const path of paths) {
      const visitor = await new TestClient(service.app).get(url + path)
      for (const name of [own, other]) expect(visitor.body, path).not.toContain(name)
      expect((await hana.get(url + path)).body, path).not.toContain(other)
    }
  }
  await expectHidden(shown)
  expect((await hana.get(`${url}/leaderboard.csv`)).body).toContain(own)
  expect((await instructor.get(`${url}/leaderboard.csv`)).body).toContain(other)

  await service.prisma.round.update({ where: { id: round.id }, data: { closesAt: new Date() } })
  const published = await instructor.post(`${url}/publish`, { unfinished: 'refuse' })
  expect(published.statusCode, published.body).toBe(200)
  await expectHidden([...shown, '/leaderboard?view=final', '/leaderboard.csv?view=final'])
  expect(await names(hana, '?view=final')).toContain(own)
})
