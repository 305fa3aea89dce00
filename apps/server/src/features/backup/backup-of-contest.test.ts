import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { buildTestApp, type TestApp } from '../../../test/build-test-app.ts'
import { createEmptyDatabase, type TestDatabase } from '../../../test/test-database.ts'
import type { Round } from '../../generated/prisma/client.ts'
import { buildPerson, TestClient } from '../../http/test-client.ts'
import { seedRound, signedInInstructor } from '../../http/test-data.ts'
import { fileBlobStore } from '../../platform/blob-store.ts'
import { createPrisma } from '../../platform/prisma.ts'
import { createAccount } from '../accounts/accounts.service.ts'
import { createAuth } from '../accounts/auth.ts'
import { addScored, addTeam, at, readBoard } from '../leaderboard/test-contest.ts'
import { addFiles, exportZip, importZip } from '../round-archive/test-archive.ts'
import { restoreBackup } from './restore-backup.ts'
import { writeBackup } from './write-backup.ts'

/** Three services, one after the other, on a machine that does other things too. */
const timeoutMs = 180_000
const teams = 10
const submissionsEach = 5
const clock = at(59)
const now = () => clock
const teacher = buildPerson({ name: '担当の先生' })
const student = buildPerson({ name: '隠れ層の住人' })

let service: TestApp
let folder: string
let database: TestDatabase
let round: Round

/** Fifty scored submissions with their files and outputs: of ten teams, among whom there are ties, picks and one disqualified. */
beforeAll(async () => {
  service = await buildTestApp({ now })
  const { prisma } = service
  await createAccount(prisma, { ...teacher, role: 'INSTRUCTOR' })
  const { id: userId } = await createAccount(prisma, { ...student, role: 'STUDENT' })
  const dates = { opensAt: at(0), closesAt: at(58), visitorsMaySee: true }
  round = await seedRound(service, { ...dates, slug: 'cup', finalPicks: 2 })
  for (let team = 0; team < teams; team++) {
    const entryId = await addTeam(service, round, `Team ${team}`)
    if (team === 0) await prisma.entryMember.create({ data: { entryId, roundId: round.id, userId } })
    for (let turn = 0; turn < submissionsEach; turn++) {
      const correct = (team * 3 + turn * 5) % 29
      const id = await addScored(service, round, entryId, {
        ...{ minute: team * submissionsEach + turn, correct, privateCorrect: (correct * 2 + turn) % 69 },
      })
      await addFiles(service, id)
      if (turn === team % submissionsEach)
        await prisma.submission.update({ where: { id }, data: { finalPick: true } })
    }
  }
  await prisma.entry.updateMany({
    where: { name: 'Team 9' },
    data: { disqualifiedAt: at(57), disqualifiedReason: 'copied' },
  })
  const published = await (await signedIn(service, teacher)).post('/api/rounds/cup/publish', {})
  expect(published.statusCode, published.body).toBe(200)
  folder = await mkdtemp(join(tmpdir(), 'taikai-contest-'))
  database = await createEmptyDatabase()
})
afterAll(async () => {
  await service.close()
  await database.drop()
  await rm(folder, { recursive: true, force: true })
})

async function signedIn({ app }: TestApp, person: { email: string; password: string }) {
  const client = new TestClient(app)
  const { email, password } = person
  const response = await client.post('/api/auth/sign-in/email', { email, password })
  expect(response.statusCode, response.body).toBe(204)
  return client
}

async function filesOf({ blobs }: Pick<TestApp, 'blobs'>, prefix: string) {
  const found: [string, string][] = []
  for await (const key of blobs.list(prefix))
    found.push([key, Buffer.from(await blobs.readBytes(key)).toString('base64')])
  return found.sort()
}

/** Both rankings as visitors see them, and what the teacher and a student see of submissions. */
async function seen(app: TestApp, people: { teacher: TestClient; student: TestClient }) {
  const visitor = new TestClient(app.app)
  const submissions = (client: TestClient) =>
    client.get('/api/rounds/cup/submissions').then((one) => one.json())
  return {
    shown: await readBoard(visitor, round),
    final: await readBoard(visitor, round, 'final'),
    all: await submissions(people.teacher),
    own: await submissions(people.student),
    table: (await people.teacher.get('/api/rounds/cup/exports/submissions.csv')).body,
  }
}

it(
  'fifty scored submissions come back into an empty installation, and the round into a third: same standings, same files',
  async () => {
    const file = join(folder, 'backup.tar.gz')
    await writeBackup({ ...service, databaseUrl: service.config.databaseUrl, now: clock }, file)
    const blobs = fileBlobStore(join(folder, randomUUID()))
    await restoreBackup({ databaseUrl: database.url, blobs }, file)

    const prisma = createPrisma(database.url)
    const auth = createAuth({ prisma, config: service.config })
    const restored = await buildTestApp({ prisma, auth, blobs, now })
    const people = async (app: TestApp) => ({
      teacher: await signedIn(app, teacher),
      student: await signedIn(app, student),
    })
    const [before, after] = [await people(service), await people(restored)]
    const expected = await seen(service, before)
    expect(await seen(restored, after)).toEqual(expected)
    expect([
      expected.final.rows.length,
      expected.all.submissions.length,
      expected.own.submissions.length,
    ]).toEqual([teams - 1, teams * submissionsEach, submissionsEach])
    const files = await filesOf(service, '')
    // A model and raw outputs of each, images and labels.
    expect(files).toHaveLength(teams * submissionsEach * 2 + 2)
    expect(await filesOf(restored, '')).toEqual(files)

    const third = await buildTestApp({ now })
    const instructor = await signedInInstructor(third)
    await importZip(instructor, await exportZip(after.teacher, round))
    for (const view of ['public', 'final'] as const) {
      expect(await readBoard(new TestClient(third.app), round, view)).toEqual(
        view === 'public' ? expected.shown : expected.final,
      )
    }
    for (const prefix of ['submissions/', 'outputs/']) {
      expect(await filesOf(third, prefix)).toEqual(await filesOf(service, prefix))
    }
    await restored.close()
    await third.close()
  },
  timeoutMs,
)
