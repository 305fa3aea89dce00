import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { problemSchema } from '@taikai/shared/wire/problem'
import pino from 'pino'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { buildTestApp, type TestApp } from '../../test/build-test-app.ts'
import { createBucket, type S3Server, startS3Server } from '../../test/s3-server.ts'
import { createTestBackend } from '../../test/test-backend.ts'
import { kept, refused, submitted, unitMeta, upload } from '../features/submissions/test-uploads.ts'
import { TestClient } from '../http/test-client.ts'
import { registeredStudent } from '../http/test-data.ts'
import { openBlobStore } from '../platform/open-blob-store.ts'
import { prepareScoring } from './prepare-scoring.ts'
import { startScoringWorker } from './scoring-worker.ts'
import { seedRound } from './test-fixtures.ts'
import { brightPixel, brightPixelImages, brightPixelModel } from './test-models.ts'
import { processPatience as patience, processTestTimeoutMs as timeout } from './test-processes.ts'

let folder: string
let s3: S3Server
let service: TestApp
/** Set by a test: the store goes away when a submission's file of this position is about to be stored. */
let dieBeforeFile: string | null = null

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'taikai-s3-'))
  s3 = await startS3Server(folder)
  const backend = { ...(await createTestBackend()), s3: await createBucket(s3.endpoint) }
  const blobs = await openBlobStore({ s3: backend.s3, dataDir: folder })
  const adopt = async (key: string, path: string) => {
    if (dieBeforeFile !== null && key.endsWith(dieBeforeFile)) await s3.kill()
    await blobs.adopt(key, path)
  }
  service = await buildTestApp({ blobs: { ...blobs, adopt } }, backend)
  await service.app.listen({ port: 0, host: '127.0.0.1' })
})
afterAll(async () => {
  await service.close()
  await s3.kill()
  await rm(folder, { recursive: true, force: true })
})

it('while the store is away uploads are refused in words and leave nothing, and scoring goes on afterwards', {
  timeout,
}, async () => {
  const round = await seedRound(service, { ...brightPixel, ...brightPixelImages(12) })
  await service.prisma.round.update({ where: { id: round.id }, data: { submissionsPerDay: 2 } })
  const student = await registeredStudent(service, round)
  const sent = { slug: round.slug, headers: { cookie: student.cookie } }
  // Until the worker may take it: nobody has this engine here.
  const pin = { roundId: round.id, family: 'layers' }
  await service.prisma.enginePin.create({ data: { ...pin, engine: 'tensorflow' } })
  const { id } = await submitted(service, sent)
  const before = await kept(service)

  // The first of two files is stored when the store goes away.
  dieBeforeFile = '/1'
  const first = problemSchema.parse(await upload(service, sent))
  dieBeforeFile = null
  expect(first).toMatchObject({ code: 'STORAGE_UNAVAILABLE', status: 503 })
  const body = new FormData()
  body.append('meta', JSON.stringify(unitMeta))
  for (const { name, bytes } of brightPixelModel()) body.append('files', new File([bytes], name))
  const url = `${service.app.listeningOrigin}/api/rounds/${round.slug}/submissions`
  const second = await fetch(url, { method: 'POST', body, headers: sent.headers })
  expect([second.status, second.headers.get('retry-after')]).toEqual([503, '30'])
  expect(await service.prisma.submission.count()).toBe(before.rows)
  expect(await readdir(join(service.config.dataDir, 'uploads'))).toEqual([])
  expect((await new TestClient(service.app).get('/readyz')).statusCode).toBe(503)

  // A worker that is there meanwhile gives the run back at no cost, however often.
  await s3.start()
  const warnings: string[] = []
  const logger = pino({ level: 'warn' }, { write: (line) => void warnings.push(line) })
  const scoring = await prepareScoring(service.config, logger)
  const worker = await startScoringWorker({ ...service, scoring, logger })
  try {
    // At its start it removed the file that the refused upload had left.
    expect(await kept(service)).toEqual(before)
    await s3.kill()
    await service.prisma.enginePin.update({
      where: { roundId_family: pin },
      data: { engine: 'wasm' },
    })
    const runOf = () => service.prisma.scoringRun.findFirstOrThrow({ where: { submissionId: id } })
    await vi.waitFor(() => expect(warnings.join()).toContain('blob store cannot be reached'), patience)
    await vi.waitFor(
      async () => expect(await runOf()).toMatchObject({ status: 'QUEUED', attempt: 0 }),
      patience,
    )
    await s3.start()
    await vi.waitFor(async () => expect((await runOf()).status).toBe('SCORED'), patience)
    expect(await runOf()).toMatchObject({ attempt: 1, imagesDone: 12 })
    // Of two a day one is left: the refused ones took none.
    await submitted(service, sent)
    expect((await refused(service, sent)).code).toBe('QUOTA_DAY_USED')
  } finally {
    await worker.close(0)
  }
})
