import { findRedisServer, redisMissing } from '../apps/server/test/redis-server.ts'
import { installWithApt } from './install-with-apt.ts'

/** Makes sure of the `redis-server` that tests start: the system's, else apt's (as root). Throws StartupError without. */
export async function ensureRedis(): Promise<void> {
  if (findRedisServer() !== null) return
  await installWithApt('redis-server')
  if (findRedisServer() === null) throw redisMissing()
}
