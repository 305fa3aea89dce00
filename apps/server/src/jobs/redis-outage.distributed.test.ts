import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { Redis } from 'ioredis'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { type RedisServer, startRedisServer } from '../../test/redis-server.ts'
import { createTestBackend } from '../../test/test-backend.ts'
import { createQueueBackend } from '../platform/queue.ts'
import { scoringQueueName } from './catalogue.ts'
import {
  buildProcessBench,
  type ProcessBench,
  processPatience as patience,
  processTestTimeoutMs as timeout,
} from './test-processes.ts'

let folder: string
let redis: RedisServer
let bench: ProcessBench
beforeAll(async () => {
  folder = await mkdtemp(`${tmpdir()}/taikai-redis-`)
  redis = await startRedisServer(folder)
  bench = await buildProcessBench({ ...(await createTestBackend()), redisUrl: redis.url })
})
afterAll(async () => {
  await bench.killAll()
  await bench.close()
  await redis.stop()
  await rm(folder, { recursive: true, force: true })
})

/** How many runs wait in the queue, as Redis has it. */
async function waiting(): Promise<number | undefined> {
  const backend = createQueueBackend(bench.config)
  const queue = new backend.Queue(scoringQueueName, backend.options)
  const { waiting: count } = await queue.getJobCounts('waiting')
  await queue.close()
  return count
}

it('thirty queued runs survive a restart of Redis, one in the middle of the work, and a flush', {
  timeout,
}, async () => {
  const round = await bench.quickRound(30)
  expect(await waiting()).toBe(30)
  await redis.stop()
  await redis.start()
  expect(await waiting()).toBe(30)

  bench.start('worker')
  await vi.waitFor(async () => expect(await round.scored()).toBeGreaterThan(0), patience)
  await redis.stop()
  expect(await round.scored()).toBeLessThan(30)
  await redis.start()
  const before = await round.scored()
  await vi.waitFor(async () => expect(await round.scored()).toBeGreaterThan(before), patience)

  const client = new Redis(redis.url)
  await client.flushall()
  client.disconnect()
  expect(await round.scored()).toBeLessThan(30)
  await vi.waitFor(async () => expect(await round.scored()).toBe(30), patience)
  expect(await round.scores()).toBe(60)
})
