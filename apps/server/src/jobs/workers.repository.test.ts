import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../test/test-database.ts'
import type { PrismaClient } from '../generated/prisma/client.ts'
import { createPrisma } from '../platform/prisma.ts'
import { buildWorker, insertWorker, silence } from './test-workers.ts'
import {
  findWorkers,
  livingEngines,
  removeForgottenWorkers,
  writeSignOfLife,
  writeStopped,
} from './workers.repository.ts'

let database: TestDatabase
let prisma: PrismaClient
beforeAll(async () => {
  database = await createTestDatabase()
  prisma = createPrisma(database.url)
})
afterAll(async () => {
  await prisma.$disconnect()
  await database.drop()
})
beforeEach(async () => {
  await prisma.worker.deleteMany()
})

const onlyWorker = async () => {
  const [worker, ...others] = await findWorkers(prisma)
  if (worker === undefined || others.length > 0) throw new Error('there is one worker')
  return worker
}

describe('a worker', () => {
  it('is remembered as it described itself, and heard of anew with every sign of life', async () => {
    const profile = buildWorker({
      engines: [
        { name: 'onnxruntime', version: 'onnxruntime-node 1.30.0' },
        { name: 'wasm', version: null },
      ],
      preferred: { layers: 'onnxruntime', graph: 'wasm', onnx: 'onnxruntime' },
      refusals: [
        { engine: 'tensorflow', family: 'layers', code: 'NOT_INSTALLED', detail: 'cannot find package' },
      ],
      gpuName: 'NVIDIA H100',
      sandboxMissing: ['network isolation (unshare)'],
    })
    await writeSignOfLife(prisma, profile)
    const first = await onlyWorker()
    expect(first).toMatchObject({ ...profile, stoppedAt: null })
    expect(first.silentSeconds).toBeLessThan(10)

    await silence(prisma, profile.id, 90)
    expect((await onlyWorker()).silentSeconds).toBeGreaterThanOrEqual(90)
    await writeSignOfLife(prisma, profile)
    const later = await onlyWorker()
    expect(later.silentSeconds).toBeLessThan(10)
    expect(later.startedAt).toEqual(first.startedAt)
  })

  it('says when it has stopped', async () => {
    const id = await insertWorker(prisma)
    await writeStopped(prisma, id)
    const { stoppedAt, heartbeatAt } = await onlyWorker()
    expect(stoppedAt).not.toBeNull()
    expect(stoppedAt).toEqual(heartbeatAt)
  })

  it('is forgotten after a week of silence, and comes back whole when it was only away', async () => {
    const week = 7 * 24 * 3600
    const profile = buildWorker()
    await writeSignOfLife(prisma, profile)
    await silence(prisma, profile.id, week - 60)
    await removeForgottenWorkers(prisma)
    expect(await onlyWorker()).toMatchObject({ id: profile.id })
    await silence(prisma, profile.id, week + 60)
    await removeForgottenWorkers(prisma)
    expect(await findWorkers(prisma)).toEqual([])
    await writeSignOfLife(prisma, profile)
    expect(await onlyWorker()).toMatchObject(profile)
  })
})

it('together, workers heard of within two minutes can score what any of them can', async () => {
  await insertWorker(prisma, {}, 119)
  await insertWorker(
    prisma,
    {
      engines: [{ name: 'onnxruntime', version: '1' }],
      preferred: { layers: 'onnxruntime', graph: 'wasm', onnx: 'onnxruntime' },
    },
    60,
  )
  await insertWorker(prisma, { engines: [{ name: 'tensorflow', version: '1' }] }, 121)
  const { preferred, runnable } = livingEngines(await findWorkers(prisma))
  expect(preferred).toEqual({ layers: 'onnxruntime', graph: 'wasm', onnx: 'onnxruntime' })
  expect([...runnable].sort()).toEqual(['onnxruntime', 'wasm'])
})

it('without a worker nothing can be scored', () => {
  expect(livingEngines([])).toEqual({ preferred: { layers: null, graph: null, onnx: null }, runnable: [] })
})
