import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pino from 'pino'
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest'
import { backendEnvironment, createTestBackend } from '../../test/test-backend.ts'
import { createTestDatabase, type TestDatabase } from '../../test/test-database.ts'
import { readConfig } from '../config.ts'
import { openUpload, uploadBeginning } from '../features/submissions/test-uploads.ts'
import type { PrismaClient } from '../generated/prisma/client.ts'
import type { BlobStore } from '../platform/blob-store.ts'
import { openBlobStore } from '../platform/open-blob-store.ts'
import { createPrisma } from '../platform/prisma.ts'
import { createScoringQueue, type ScoringQueue } from './scoring-queue.ts'
import { seedEntry, seedRound, submit } from './test-fixtures.ts'
import { brightPixel, brightPixelImages, brightPixelModel, slowModel } from './test-models.ts'

/** The slowest way back is that of a killed worker's run: 15 s of silence, a sweep, and then the run itself. */
const patience = { timeout: 120_000, interval: 100 }
const testTimeoutMs = 240_000

let database: TestDatabase
let prisma: PrismaClient
let dataDir: string
let blobs: BlobStore
let queue: ScoringQueue
let env: Record<string, string>
const processes: ChildProcess[] = []

beforeAll(async () => {
  database = await createTestDatabase()
  prisma = createPrisma(database.url)
  dataDir = await mkdtemp(join(tmpdir(), 'taikai-process-'))
  env = {
    PATH: process.env.PATH ?? '',
    DATA_DIR: dataDir,
    DATABASE_URL: database.url,
    AUTH_SECRET: 'a secret that only the tests know',
    SCORING_ENGINE: 'wasm',
    SCORING_CONCURRENCY: '2',
    HOST: '127.0.0.1',
    PORT: '0',
    LOG_LEVEL: 'silent',
    ...backendEnvironment(await createTestBackend()),
  }
  blobs = await openBlobStore(readConfig(env))
  queue = await createScoringQueue(readConfig(env), pino({ level: 'silent' }))
})
afterEach(async () => {
  for (const child of processes.splice(0)) await kill(child)
})
afterAll(async () => {
  await queue.close()
  await prisma.$disconnect()
  await database.drop()
  await rm(dataDir, { recursive: true, force: true })
})

function start(entry: 'server' | 'worker'): ChildProcess {
  const child = fork(fileURLToPath(new URL(`../${entry}.ts`, import.meta.url)), { env, stdio: 'ignore' })
  processes.push(child)
  return child
}
/** As the kernel does when memory runs out: nothing of the process gets a chance to tidy up. */
async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill('SIGKILL')
  await ended
}
const runOf = (id: string) =>
  prisma.scoringRun.findFirstOrThrow({
    where: { submissionId: id },
    include: { submission: true, scores: true },
  })

it('a run whose worker is killed in its middle is scored by the next worker, exactly once', {
  timeout: testTimeoutMs,
}, async () => {
  const count = 400
  const round = await seedRound(
    { prisma, blobs },
    {
      height: 32,
      width: 32,
      channels: 3,
      classNames: ['a', 'b', 'c'],
      images: Uint8Array.from({ length: count * 3072 }, (_, index) => (index * 7) % 256),
      labels: Uint8Array.from({ length: count }, (_, image) => image % 3),
    },
  )
  const entryId = await seedEntry(prisma, round.id, 'team')
  const { id } = await submit({ prisma, blobs, queue, dataDir }, { round, entryId, model: slowModel() })

  const first = start('worker')
  await vi.waitFor(async () => expect((await runOf(id)).imagesDone).toBeGreaterThan(0), patience)
  await kill(first)
  expect(await runOf(id)).toMatchObject({ status: 'RUNNING', scores: [] })

  start('worker')
  await vi.waitFor(async () => expect((await runOf(id)).status).toBe('SCORED'), patience)
  const run = await runOf(id)
  expect(run).toMatchObject({ attempt: 2, imagesDone: count, submission: { status: 'SCORED' } })
  expect(run.scores.map(({ split }) => split).sort()).toEqual(['PRIVATE', 'PUBLIC'])
  expect(await prisma.scoringRun.count({ where: { submissionId: id } })).toBe(1)
})

it('twenty queued submissions are all scored when the worker that began them is killed', {
  timeout: testTimeoutMs,
}, async () => {
  const round = await seedRound({ prisma, blobs }, { ...brightPixel, ...brightPixelImages(12) })
  for (let team = 0; team < 20; team += 1) {
    const entryId = await seedEntry(prisma, round.id, `team ${team}`)
    await submit({ prisma, blobs, queue, dataDir }, { round, entryId, model: brightPixelModel() })
  }
  const scored = () => prisma.submission.count({ where: { roundId: round.id, status: 'SCORED' } })
  const first = start('worker')
  await vi.waitFor(async () => expect(await scored()).toBeGreaterThan(0), patience)
  await kill(first)
  expect(await scored()).toBeLessThan(20)

  start('worker')
  await vi.waitFor(async () => expect(await scored()).toBe(20), patience)
  expect(await prisma.score.count({ where: { run: { submission: { roundId: round.id } } } })).toBe(40)
})

it('a server that is killed during an upload leaves neither row nor file once it is back', {
  timeout: testTimeoutMs,
}, async () => {
  const round = await seedRound({ prisma, blobs }, { ...brightPixel, ...brightPixelImages(12) })
  const uploads = () => readdir(join(dataDir, 'uploads')).catch(() => [])
  const listening = async () => {
    const child = start('server')
    const [message] = await once(child, 'message')
    return { child, origin: `http://127.0.0.1:${message.port}` }
  }
  const first = await listening()
  const body = JSON.stringify({
    joinCode: round.joinCode,
    name: 'Yuki',
    email: 'yuki@example.test',
    password: 'correct horse battery',
  })
  const registered = await fetch(`${first.origin}/api/register`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: first.origin },
    body,
  })
  expect(registered.status).toBe(201)
  const cookie = registered.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ')

  const submissions = await prisma.submission.count({ where: { roundId: round.id } })
  const request = openUpload(first.origin, { slug: round.slug, headers: { cookie } })
  request.on('error', () => {})
  request.write(uploadBeginning)
  await vi.waitFor(async () => expect(await uploads()).toHaveLength(1), patience)
  await kill(first.child)
  expect(await uploads()).toHaveLength(1)

  await listening()
  expect(await uploads()).toEqual([])
  expect(await prisma.submission.count({ where: { roundId: round.id } })).toBe(submissions)
})
