import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../test/test-database.ts'
import type { PrismaClient, Round } from '../generated/prisma/client.ts'
import { fileBlobStore } from '../platform/blob-store.ts'
import { createPrisma } from '../platform/prisma.ts'
import type { WorkerEngines } from './engine-pins.repository.ts'
import { claimNextRun, finishUnscored, putBack } from './runs.repository.ts'
import { insertQueuedRun, seedEntry, seedRound, wasmOnly } from './test-fixtures.ts'
import { brightPixel, brightPixelImages } from './test-models.ts'

let database: TestDatabase
let prisma: PrismaClient
let folder: string
let round: Round
beforeAll(async () => {
  database = await createTestDatabase()
  prisma = createPrisma(database.url)
  folder = await mkdtemp(join(tmpdir(), 'taikai-turns-'))
})
afterAll(async () => {
  await prisma.$disconnect()
  await database.drop()
  await rm(folder, { recursive: true, force: true })
})
beforeEach(async () => {
  await prisma.scoringRun.deleteMany()
  // Ten images.
  const blobs = fileBlobStore(folder)
  round = await seedRound({ prisma, blobs }, { ...brightPixel, ...brightPixelImages(10) })
})

// With ten images a VGG's turn is half an hour later, a CNN's four minutes, as with 10,000 images of a thousandth of the work.
const vgg = 155e9
const cnn = 20e9
let entries = 0
const newEntry = () => seedEntry(prisma, round.id, `team ${entries++}`)
const newRun = async (macs: number, entryId?: string) =>
  (await insertQueuedRun(prisma, round, entryId ?? (await newEntry()), macs)).runId
const claimNext = (engines = wasmOnly) => claimNextRun(prisma, { engines })
/** What one worker takes, each run being over when it takes the next. */
async function takenInTurn(count: number): Promise<(string | undefined)[]> {
  const ids: (string | undefined)[] = []
  for (let taken = 0; taken < count; taken++) {
    const run = await claimNext()
    ids.push(run?.id)
    if (run) await finishUnscored(prisma, run.claim, 'REJECTED', { code: 'MODEL_TOO_SLOW', params: {} })
  }
  return ids
}

it('a short run overtakes long ones, an entry’s runs follow each other, and baselines come last', async () => {
  const baseline = await prisma.entry.create({ data: { roundId: round.id, name: 'base', kind: 'BASELINE' } })
  const last = await newRun(0, baseline.id)
  const [long, longToo] = [await newRun(vgg), await newRun(vgg)]
  const entryId = await newEntry()
  // Turns after 240, 480 and 720 s; that of the other entry, which came later, is after 240 s and a moment.
  const own = [await newRun(cnn, entryId), await newRun(cnn, entryId), await newRun(cnn, entryId)]
  const other = await newRun(cnn)
  expect(await takenInTurn(8)).toEqual([own[0], other, own[1], own[2], long, longToo, last, undefined])
})

it('what is put back keeps its turn, and what waited long enough is overtaken no more', async () => {
  const long = await newRun(vgg)
  const claimed = await claimNext()
  if (claimed === null) throw new Error('the run can be claimed')
  const { turnAt } = claimed
  await putBack(prisma, claimed.claim, null)
  expect(await prisma.scoringRun.findUniqueOrThrow({ where: { id: long } })).toMatchObject({ turnAt })
  // It came half an hour ago.
  await prisma.scoringRun.update({ where: { id: long }, data: { turnAt: new Date() } })
  const short = await newRun(cnn)
  expect(await takenInTurn(2)).toEqual([long, short])
})

it('what a worker failed to score comes after all others, and not never', async () => {
  const failed = await newRun(cnn)
  const long = await newRun(vgg)
  const next = async () => (await claimNextRun(prisma, { engines: wasmOnly, last: new Set([failed]) }))?.id
  expect([await next(), await next(), await next()]).toEqual([long, failed, undefined])
})

it('a worker takes the first run that its engines can score, and leaves the others where they are', async () => {
  const native: WorkerEngines = {
    preferred: { layers: 'tensorflow', graph: 'tensorflow', onnx: null },
    runnable: ['tensorflow', 'wasm'],
  }
  const pinned = await newRun(cnn)
  await prisma.enginePin.create({ data: { roundId: round.id, family: 'layers', engine: 'tensorflow' } })
  round = await seedRound(
    { prisma, blobs: fileBlobStore(folder) },
    { ...brightPixel, ...brightPixelImages(10) },
  )
  const free = await newRun(vgg)
  expect((await claimNext())?.id).toBe(free)
  expect(await claimNext()).toBeNull()
  expect((await claimNext(native))?.id).toBe(pinned)
})

it('eight workers that ask at once and again take every run once, and never two of one entry at a time', async () => {
  const entryIds = await Promise.all(Array.from({ length: 6 }, newEntry))
  const ids = await Promise.all(entryIds.flatMap((id) => [newRun(cnn, id), newRun(cnn, id)]))
  const together = () => Promise.all(Array.from({ length: 8 }, () => claimNext()))
  const first = (await together()).filter((run) => run !== null)
  expect(first.map(({ submission }) => submission.entryId).sort()).toEqual([...entryIds].sort())
  for (const { claim } of first)
    await finishUnscored(prisma, claim, 'REJECTED', { code: 'MODEL_TOO_SLOW', params: {} })
  const second = (await together()).filter((run) => run !== null)
  expect([...first, ...second].map(({ id }) => id).sort()).toEqual(ids.sort())
  expect(second.map(({ claim }) => claim.attempt)).toEqual([1, 1, 1, 1, 1, 1])
})
