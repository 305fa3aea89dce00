import { randomUUID } from 'node:crypto'
import { mkdtemp, open, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { buildTestApp, type TestApp } from '../../../test/build-test-app.ts'
import { createEmptyDatabase, type TestDatabase } from '../../../test/test-database.ts'
import type { Round } from '../../generated/prisma/client.ts'
import { buildPerson, TestClient } from '../../http/test-client.ts'
import { registeredStudent, signedInInstructor } from '../../http/test-data.ts'
import { prepareScoring } from '../../jobs/prepare-scoring.ts'
import { type ScoringWorker, startScoringWorker } from '../../jobs/scoring-worker.ts'
import { seedRound, submit } from '../../jobs/test-fixtures.ts'
import { brightPixel, brightPixelImages, brightPixelModel } from '../../jobs/test-models.ts'
import { fileBlobStore } from '../../platform/blob-store.ts'
import { createPrisma } from '../../platform/prisma.ts'
import { createAuth } from '../accounts/auth.ts'
import { makeBackup } from './nightly-backups.ts'
import { restoreBackup } from './restore-backup.ts'
import { writeBackup } from './write-backup.ts'

const submissionCount = 3
const person = buildPerson({ name: 'Hana' })

let service: TestApp
let worker: ScoringWorker
let round: Round
let folder: string
let file: string
let eventId: string
const opened: TestDatabase[] = []

beforeAll(async () => {
  service = await buildTestApp()
  const scoring = await prepareScoring(service.config, service.logger)
  worker = await startScoringWorker({ ...service, scoring })
  folder = await mkdtemp(join(tmpdir(), 'taikai-backup-'))
  file = join(folder, 'backup.tar.gz')
  round = await seedRound(service, { ...brightPixel, ...brightPixelImages(12) })
  await new TestClient(service.app).post('/api/register', { ...person, joinCode: round.joinCode })
  const { id: entryId } = await service.prisma.entry.findFirstOrThrow({ where: { name: 'Hana' } })
  const deps = { ...service, dataDir: service.config.dataDir }
  for (let at = 0; at < submissionCount; at++)
    await submit(deps, { round, entryId, model: brightPixelModel() })
  await vi.waitFor(
    async () => {
      const where = { status: 'SCORED' as const }
      expect(await service.prisma.submission.count({ where })).toBe(submissionCount)
    },
    { timeout: 120_000, interval: 100 },
  )
  const event = { action: 'test.before', subjectType: 'test', subjectId: '1', after: { text: 'あ' } }
  eventId = (await service.prisma.auditEvent.create({ data: event })).id
  await writeBackup({ ...service, databaseUrl: service.config.databaseUrl, now: new Date() }, file)
})
afterAll(async () => {
  await worker.close(0)
  await service.close()
  await rm(folder, { recursive: true, force: true })
  for (const database of opened) await database.drop()
})

/** A place to restore into: a database without tables, and a store without blobs. */
async function emptyInstallation() {
  const database = await createEmptyDatabase()
  opened.push(database)
  return { databaseUrl: database.url, blobs: fileBlobStore(join(folder, randomUUID())) }
}

async function listedBlobs({ blobs }: { blobs: TestApp['blobs'] }) {
  const found: [string, string][] = []
  for await (const key of blobs.list(''))
    found.push([key, Buffer.from(await blobs.readBytes(key)).toString('base64')])
  return found.sort()
}

describe('a backup of a running service, restored into an empty installation', () => {
  it('gives the same ranking and files, and people can sign in', async () => {
    const target = await emptyInstallation()
    await restoreBackup(target, file)
    const prisma = createPrisma(target.databaseUrl)
    const auth = createAuth({ prisma, config: service.config })
    const restored = await buildTestApp({ prisma, auth, blobs: target.blobs })
    const [before, after] = [new TestClient(service.app), new TestClient(restored.app)]
    const { email, password } = person
    for (const client of [before, after]) {
      expect((await client.post('/api/auth/sign-in/email', { email, password })).statusCode).toBe(204)
    }
    for (const path of ['leaderboard', 'submissions']) {
      const url = `/api/rounds/${round.slug}/${path}`
      expect((await after.get(url)).json()).toEqual((await before.get(url)).json())
    }
    const rows = (await after.get(`/api/rounds/${round.slug}/leaderboard`)).json().rows
    expect(rows).toMatchObject([{ name: 'Hana', correct: 4, total: 6 }])
    expect(await listedBlobs(target)).toEqual(await listedBlobs(service))
    // The audit log comes back, and is as closed there as it was here.
    const events = await prisma.auditEvent.findMany({ where: { action: 'test.before' } })
    expect(events).toMatchObject([{ id: eventId, after: { text: 'あ' } }])
    await expect(prisma.$executeRaw`DELETE FROM "AuditEvent"`).rejects.toThrow('append-only')
    await restored.close()
  })

  it('is refused where there is anything, and changes nothing there', async () => {
    const target = { ...service, databaseUrl: service.config.databaseUrl }
    await expect(restoreBackup(target, file)).rejects.toThrow('not empty')
    expect(await service.prisma.submission.count()).toBe(submissionCount)
  })

  it.each([0.3, 0.6, 0.95])('leaves nothing behind when the file ends after %f of it', async (share) => {
    const cut = join(folder, 'cut.tar.gz')
    const { size } = await stat(file)
    const handle = await open(file)
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(size), 0, Math.floor(size * share), 0)
    await handle.close()
    await writeFile(cut, buffer.subarray(0, bytesRead))
    const target = await emptyInstallation()
    await expect(restoreBackup(target, cut)).rejects.toThrow()
    const prisma = createPrisma(target.databaseUrl)
    const tables = await prisma.$queryRaw<
      { there: boolean }[]
    >`SELECT to_regclass('"User"') IS NOT NULL AS there`
    if (tables[0]?.there === true) expect(await prisma.user.count()).toBe(0)
    await prisma.$disconnect()
  })

  it('is no other file', async () => {
    const other = join(folder, 'other')
    await writeFile(other, 'hello')
    await expect(restoreBackup(await emptyInstallation(), other)).rejects.toThrow()
  })
})

describe('backups on the server', () => {
  it('are made and listed by instructors only', async () => {
    const teacher = await signedInInstructor(service)
    const student = await registeredStudent(service, round)
    for (const client of [student, new TestClient(service.app)]) {
      const status = client === student ? 403 : 401
      expect((await client.get('/api/backups')).statusCode).toBe(status)
      expect((await client.post('/api/backups')).statusCode).toBe(status)
    }
    const made = await teacher.post('/api/backups')
    expect(made.statusCode).toBe(201)
    expect((await teacher.get('/api/backups')).json().backups).toEqual([made.json()])
    const events = await service.prisma.auditEvent.findMany({ where: { action: 'backup.create' } })
    expect(events).toMatchObject([{ subjectId: made.json().name }])
  })

  it('are kept for seven nights', async () => {
    const kept = join(folder, 'nights')
    const { databaseUrl } = service.config
    const night = (day: number) => new Date(Date.UTC(2026, 10, day, 18, 30))
    for (let day = 1; day <= 9; day++) {
      await makeBackup({ ...service, databaseUrl, folder: kept, now: () => night(day) })
    }
    const names = (await readdir(kept)).sort()
    expect(names).toEqual([3, 4, 5, 6, 7, 8, 9].map((day) => `taikai-2026-11-0${day}T183000Z.tar.gz`))
  })
})
