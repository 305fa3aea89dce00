import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { Redis } from 'ioredis'
import { StartupError } from '../src/platform/startup-error.ts'
import { freePort } from './free-port.ts'

const programs = ['/usr/bin/redis-server', '/usr/local/bin/redis-server', '/opt/homebrew/bin/redis-server']
const password = 'only the tests know'

/** Where the system's `redis-server` is; null where it is not installed. */
export function findRedisServer(): string | null {
  return programs.find((path) => existsSync(path)) ?? null
}

export function redisMissing(): StartupError {
  return new StartupError(
    'テストに必要な redis-server がありません。redis-server を入れてから、もう一度実行してください。',
    'redis-server, which the tests need, is not installed. Install redis-server, then run this again.',
  )
}

export type RedisServer = {
  /** Of its logical database 0; there are a thousand. */
  url: string
  /** Stops it in order: what it held is there again after `start`. */
  stop(): Promise<void>
  start(): Promise<void>
}

/** A Redis as docker-compose.yml runs it: with a password, every write on disk in `folder`, and nothing ever evicted. */
export async function startRedisServer(folder: string): Promise<RedisServer> {
  const program = findRedisServer()
  if (program === null) throw redisMissing()
  const port = await freePort()
  const url = `redis://:${encodeURIComponent(password)}@127.0.0.1:${port}/0`
  let child: ChildProcess
  const start = async () => {
    const settings = {
      ...{ port, bind: '127.0.0.1', dir: folder, requirepass: password, databases: 1000 },
      ...{ appendonly: 'yes', save: '', 'maxmemory-policy': 'noeviction' },
    }
    const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)])
    child = spawn(program, args, { stdio: 'ignore' })
    const client = new Redis(url, { maxRetriesPerRequest: null })
    client.on('error', () => {}) // not up yet: the client tries again
    await Promise.race([client.ping(), once(child, 'exit').then(([code]) => failed(code))])
    client.disconnect()
  }
  await start()
  return {
    url,
    start,
    async stop() {
      const ended = once(child, 'exit')
      child.kill('SIGTERM')
      await ended
    },
  }
}

function failed(code: unknown): never {
  throw new Error(`redis-server ended with ${code}`)
}
