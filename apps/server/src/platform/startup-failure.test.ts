import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { compileCache } from '../../test/compile-cache.ts'
import { createTestDatabase, type TestDatabase } from '../../test/test-database.ts'

let database: TestDatabase
let folder: string
beforeAll(async () => {
  database = await createTestDatabase()
  folder = await mkdtemp(join(tmpdir(), 'taikai-startup-'))
})
afterAll(async () => {
  await database.drop()
  await rm(folder, { recursive: true, force: true })
})

async function start(entry: 'server' | 'worker', env: NodeJS.ProcessEnv) {
  const program = fileURLToPath(new URL(`../${entry}.ts`, import.meta.url))
  const child = spawn(process.execPath, [program], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: {
      ...compileCache,
      PATH: process.env.PATH,
      DATABASE_URL: database.url,
      AUTH_SECRET: 'a'.repeat(32),
      DATA_DIR: folder,
      ...env,
    },
  })
  const [errors, [code]] = await Promise.all([text(child.stderr), once(child, 'exit')])
  return { code, lines: errors.trimEnd().split('\n') }
}

it('a port that is taken is named in one sentence of each language, without a stack trace', async () => {
  const other = createServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  const address = other.address()
  const port = address !== null && typeof address === 'object' ? address.port : 0
  const { code, lines } = await start('server', {
    PORT: String(port),
    HOST: '127.0.0.1',
    LOG_LEVEL: 'silent',
  })
  other.close()
  expect(code).toBe(1)
  expect(lines).toEqual([
    `ポート ${port} は別のプログラムが使っています。そのプログラムを終了するか、PORT に別の番号を設定してください。`,
    `Port ${port} is in use by another program. Stop that program, or set PORT to another number.`,
  ])
})

it('a data folder that cannot be written is named likewise', async () => {
  const file = join(folder, 'a-file')
  await writeFile(file, '')
  const { code, lines } = await start('server', { DATA_DIR: join(file, 'data'), LOG_LEVEL: 'silent' })
  expect(code).toBe(1)
  expect(lines).toHaveLength(2)
  expect(lines[1]).toContain(`${join(file, 'data')} cannot be written`)
})

it('a worker whose sandbox is required and not to be had ends likewise', async () => {
  // No tool is found on this path.
  const { code, lines } = await start('worker', {
    PATH: folder,
    SCORING_SANDBOX: 'require',
    LOG_LEVEL: 'silent',
  })
  expect(code).toBe(1)
  expect(lines).toEqual([
    expect.stringMatching(/^SCORING_SANDBOX=require が.*unshare.*setpriv.*prlimit/),
    expect.stringMatching(/^SCORING_SANDBOX=require is set, but .*unshare.*setpriv.*prlimit/),
  ])
})
