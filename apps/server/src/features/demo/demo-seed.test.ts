import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { buildTestApp, type TestApp } from '../../../test/build-test-app.ts'
import { TestClient } from '../../http/test-client.ts'
import { seedDataset } from '../../http/test-data.ts'
import { seedDemo } from './demo-seed.ts'

let service: TestApp
beforeEach(async () => {
  service = await buildTestApp()
})
afterEach(() => service.close())

async function counts() {
  const { prisma } = service
  return [await prisma.dataset.count(), await prisma.round.count(), await prisma.submission.count()]
}

it('gives an empty installation an open round with queued baselines, once', async () => {
  await seedDemo(service)
  expect(await counts()).toEqual([1, 1, 3])
  const runs = await service.prisma.scoringRun.findMany({
    include: { submission: { include: { entry: true } } },
  })
  expect(runs.map(({ status, submission }) => [status, submission.entry.kind])).toEqual(
    Array(3).fill(['QUEUED', 'BASELINE']),
  )
  const round = await new TestClient(service.app).get('/api/rounds/demo')
  expect(round.json()).toMatchObject({
    slug: 'demo',
    state: 'open',
    dataset: { hiddenCount: 2000, trainCount: 6000 },
  })

  await seedDemo(service)
  expect(await counts()).toEqual([1, 1, 3])
  expect(await readdir(join(service.config.dataDir, 'uploads'))).toEqual([])
})

it('makes one demo round when two servers start together', async () => {
  await Promise.all([seedDemo(service), seedDemo(service)])
  expect(await counts()).toEqual([1, 1, 3])
})

it('finishes what an earlier start began', async () => {
  await seedDemo(service)
  await service.prisma.submission.deleteMany({ where: { entry: { name: 'CNN' } } })
  await seedDemo(service)
  expect(await counts()).toEqual([1, 1, 3])
})

it('does not come back once it was deleted, and stays out of an installation with data', async () => {
  await seedDataset(service)
  await seedDemo(service)
  expect(await counts()).toEqual([1, 0, 0])

  await service.prisma.dataset.deleteMany()
  await seedDemo(service)
  await service.prisma.submission.deleteMany()
  await service.prisma.round.deleteMany()
  await seedDemo(service)
  expect(await counts()).toEqual([1, 0, 0])
})
