import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { findRedisServer, redisMissing } from '../apps/server/test/redis-server.ts'

/** Makes sure of the `redis-server` that tests start: the system's, else apt's (as root). Throws StartupError without. */
export function ensureRedis(): void {
  if (findRedisServer() !== null) return
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    const script = 'apt-get update -qq && apt-get install -y -qq --no-install-recommends redis-server'
    spawnSync('sh', ['-c', script], {
      stdio: 'inherit',
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    })
  }
  if (findRedisServer() === null) throw redisMissing()
}
