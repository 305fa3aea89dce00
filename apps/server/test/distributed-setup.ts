import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import startPostgres from './global-setup.ts'
import { startRedisServer } from './redis-server.ts'
import { startS3Server } from './s3-server.ts'

/** As the embedded set-up, with a Redis and an S3 server beside PostgreSQL. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), 'taikai-distributed-'))
  const [redisFolder, s3Folder] = [join(folder, 'redis'), join(folder, 's3')]
  for (const each of [redisFolder, s3Folder]) mkdirSync(each)
  const [stopPostgres, redis, s3] = await Promise.all([
    startPostgres(project),
    startRedisServer(redisFolder),
    startS3Server(s3Folder),
  ])
  project.provide('distributed', { redisUrl: redis.url, s3Endpoint: s3.endpoint })
  return async () => {
    await Promise.all([stopPostgres(), redis.stop(), s3.kill()])
    rmSync(folder, { recursive: true, force: true })
  }
}
