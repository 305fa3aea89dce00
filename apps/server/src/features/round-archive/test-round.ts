import { expect } from 'vitest'
import type { TestApp } from '../../../test/build-test-app.ts'
import type { Round } from '../../generated/prisma/client.ts'
import { buildPerson, type TestClient } from '../../http/test-client.ts'
import { seedRound } from '../../http/test-data.ts'
import { insertQueuedRun } from '../../jobs/test-fixtures.ts'
import { createAccount } from '../accounts/accounts.service.ts'
import { addScored, addTeam, at, makeRescoreLive } from '../leaderboard/test-contest.ts'
import { addFiles } from './test-archive.ts'

/** When the contest is over. */
export const afterContest = at(70)
/** A member of team A. */
export const person = buildPerson({ name: '青木', email: 'aoki@example.test' })

async function member(
  { prisma }: TestApp,
  { entryId, roundId }: { entryId: string; roundId: string },
  account: { name: string; email: string; password: string },
) {
  const { id } = await createAccount(prisma, { ...account, role: 'STUDENT' })
  await prisma.entryMember.create({
    data: { entryId, roundId, userId: id, joinedAt: at(0) },
  })
  return id
}

/**
 * A published round: A and C tie, B was first in public, D's picked submission is disqualified, Out is, a rescore of B went live, one
 * submission is still queued, and a baseline is among them.
 */
export async function holdContest(source: TestApp, teacher: TestClient): Promise<Round> {
  const { prisma } = source
  const round = await seedRound(source, {
    ...{ slug: 'cup', opensAt: at(0), closesAt: at(50), finalPicks: 2, visitorsMaySee: true },
    ...{ rankingNames: 'PSEUDONYM', maxMacs: 5_000_000_000n, requiredLayers: ['Dense'] },
  })
  const [a, b, c, d, out] = [
    await addTeam(source, round, 'A'),
    await addTeam(source, round, 'B'),
    await addTeam(source, round, 'C'),
    await addTeam(source, round, 'D'),
    await addTeam(source, round, 'Out'),
  ]
  const base = await addTeam(source, round, 'Base', 'BASELINE')
  const join = (entryId: string, account: typeof person) =>
    member(source, { entryId, roundId: round.id }, account)
  const aoki = await join(a, person)
  await join(a, buildPerson({ name: '馬場' }))
  await join(b, buildPerson({ name: '千葉' }))
  const score = (entryId: string, minute: number, correct: number, privateCorrect: number) =>
    addScored(source, round, entryId, { minute, correct, privateCorrect })
  const ids = {
    a: await score(a, 1, 20, 50),
    aPick: await score(a, 2, 10, 48),
    b: await score(b, 3, 25, 30),
    c: await score(c, 1, 20, 48),
    d: await score(d, 5, 29, 60),
    dOther: await score(d, 6, 12, 33),
    out: await score(out, 7, 30, 70),
    base: await score(base, 0, 15, 40),
  }
  for (const id of Object.values(ids)) await addFiles(source, id)
  const change = (id: string, data: object) => prisma.submission.update({ where: { id }, data })
  await change(ids.aPick, { finalPick: true, submittedById: aoki, label: 'CNN', note: '=1+1' })
  await change(ids.d, { finalPick: true, disqualifiedAt: at(51), disqualifiedReason: 'copied' })
  await prisma.entry.update({
    where: { id: out },
    data: { disqualifiedAt: at(51), disqualifiedReason: 'shared' },
  })
  await makeRescoreLive(source, ids.b, { minute: 52, correct: 25, privateCorrect: 31 })
  await insertQueuedRun(prisma, round, c)
  await prisma.enginePin.create({ data: { roundId: round.id, family: 'layers', engine: 'wasm' } })
  await prisma.announcement.create({ data: { roundId: round.id, body: '# お知らせ' } })
  const published = await teacher.post(`/api/rounds/${round.slug}/publish`, { unfinished: 'ignore' })
  expect(published.statusCode, published.body).toBe(200)
  return round
}
