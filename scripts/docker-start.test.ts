import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { z } from 'zod'
import { createPrisma } from '../apps/server/src/platform/prisma.ts'
import { createEmptyDatabase, type TestDatabase } from '../apps/server/test/test-database.ts'
import { root } from './check-steps.ts'

/** What an image holds of this checkout, without what is only there to develop. */
const parts = [
  'docker',
  'prisma',
  'scripts',
  'apps/server/baselines',
  'apps/server/dist',
  'apps/server/python',
  'apps/server/src',
  'packages/shared/src',
]
const manifests = [
  'package.json',
  'apps/server/package.json',
  'apps/web/package.json',
  'packages/shared/package.json',
]

/** Hundreds of packages are linked, on a machine that may be busy. */
const installTimeoutMs = 400_000

let folder: string
let database: TestDatabase
let env: NodeJS.ProcessEnv
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'taikai-image-'))
  for (const part of [...parts, ...manifests, 'pnpm-lock.yaml', 'pnpm-workspace.yaml'])
    cpSync(join(root, part), join(folder, part), { recursive: true })
  run('install.sh', 'production')
  database = await createEmptyDatabase()
  const url = new URL(database.url)
  const secret = (name: string, content: string) => {
    writeFileSync(join(folder, name), content)
    return join(folder, name)
  }
  env = {
    PATH: process.env.PATH,
    // Not that of the tests: nothing would find again what was compiled in this folder.
    NODE_COMPILE_CACHE: join(folder, 'compile-cache'),
    DATABASE_PASSWORD_FILE: secret('postgres_password', url.password),
    AUTH_SECRET_FILE: secret('auth_secret', 'a secret that only the tests know'),
    ...{ DATA_DIR: join(folder, 'data'), HOST: '127.0.0.1', PORT: '0', SCORING_ENGINE: 'wasm' },
  }
  url.password = ''
  env.DATABASE_URL = url.toString()
}, installTimeoutMs)
afterAll(async () => {
  await database.drop()
  rmSync(folder, { recursive: true })
})

function run(script: string, ...args: string[]) {
  const result = spawnSync(join(folder, 'docker', script), args, {
    encoding: 'utf8',
    env: { ...process.env, ...env },
  })
  expect(result.status, result.stderr + result.stdout).toBe(0)
  return result.stdout
}

const lineSchema = z.object({ msg: z.string(), url: z.url().optional() })

/** Starts a role and waits until its log says `ready`; gives the address that is told with it. */
async function start(role: string, ready: string): Promise<{ child: ChildProcess; url: string | undefined }> {
  const child = spawn(join(folder, 'docker/start.sh'), [role], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  const said: string[] = []
  for (const stream of [child.stdout, child.stderr])
    if (stream !== null) createInterface({ input: stream }).on('line', (line) => said.push(line))
  return new Promise((found, failed) => {
    child.once('exit', (code) => failed(new Error(`${role} ended with ${code}: ${said.join('\n')}`)))
    if (child.stdout === null) return failed(new Error('no output'))
    createInterface({ input: child.stdout }).on('line', (line) => {
      const { msg, url } = lineSchema.parse(JSON.parse(line))
      if (msg === ready) found({ child, url })
    })
  })
}

async function stop(child: ChildProcess): Promise<number | null> {
  child.removeAllListeners('exit')
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  const [code] = await ended
  return z.number().nullable().parse(code)
}

async function health(role: string, port: string): Promise<number | null> {
  const options = { cwd: folder, env: { ...env, PORT: port } }
  const [code] = await once(spawn(process.execPath, ['scripts/healthy.ts', role], options), 'exit')
  return z.number().nullable().parse(code)
}

it(
  'a production install from the lock file migrates, and starts and stops server and worker',
  async () => {
    expect(run('start.sh', 'migrate')).toMatch(/migrations applied: 2026\d+_core/)
    // A dataset is there, so that no demo round is made.
    const prisma = createPrisma(database.url)
    const blobs = { hiddenImagesBlob: 'images', hiddenLabelsBlob: 'labels' }
    const shape = { imageHeight: 1, imageWidth: 1, imageChannels: 1, hiddenCount: 2 }
    await prisma.dataset.create({ data: { name: 'one', classNames: ['a', 'b'], ...shape, ...blobs } })
    await prisma.$disconnect()

    const [server, worker] = await Promise.all([
      start('server', 'one-time set-up link'),
      start('worker', 'scoring worker started'),
    ])
    const { port } = new URL(server.url ?? '')
    expect(await Promise.all([health('server', port), health('worker', port)])).toEqual([0, 0])
    expect(await Promise.all([stop(worker.child), stop(server.child)])).toEqual([0, 0])
    expect(await health('server', port)).toBe(1)
  },
  installTimeoutMs,
)

it('Garage gets key, secret and bucket from secret files, and Redis its password', async () => {
  const bin = join(folder, 'bin')
  mkdirSync(bin)
  // Stand-ins that say what they were given.
  for (const [name, script] of [
    ['garage', 'echo "$* $GARAGE_RPC_SECRET $GARAGE_DEFAULT_ACCESS_KEY $GARAGE_DEFAULT_SECRET_KEY"'],
    ['redis-server', 'echo "$*"; cat'],
  ] as const) {
    writeFileSync(join(bin, name), `#!/bin/sh\n${script}\n`)
    chmodSync(join(bin, name), 0o755)
  }
  const secrets = join(folder, 'secrets')
  for (const name of ['s3_rpc_secret', 's3_access_key_id', 's3_secret_access_key', 'redis_password']) {
    mkdirSync(secrets, { recursive: true })
    writeFileSync(join(secrets, name), `<${name}>`)
  }
  Object.assign(env, { GARAGE: join(bin, 'garage'), SECRETS: secrets, PATH: `${bin}:${process.env.PATH}` })
  expect(run('start-s3.sh')).toBe(
    'server --single-node --default-bucket <s3_rpc_secret> <s3_access_key_id> <s3_secret_access_key>\n',
  )
  env.REDIS_PASSWORD_FILE = join(secrets, 'redis_password')
  expect(run('start-redis.sh').split('\n')).toEqual([
    '-',
    'dir /data',
    'port 6379',
    'appendonly yes',
    'maxmemory-policy noeviction',
    'requirepass <redis_password>',
    '',
  ])
})
