import { spawn } from 'node:child_process'
import { scryptSync } from 'node:crypto'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { compileCache } from '../../test/compile-cache.ts'
import { createTestDatabase, type TestDatabase } from '../../test/test-database.ts'
import type { PrismaClient } from '../generated/prisma/client.ts'
import { createPrisma } from '../platform/prisma.ts'

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

const program = `
  const { userCommand } = await import(${JSON.stringify(fileURLToPath(new URL('./user.ts', import.meta.url)))})
  await userCommand().parseAsync(process.argv.slice(1), { from: 'user' })`

/** Runs the command as the shell would, in a process of its own. */
async function run(args: string[], stdin = '') {
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program, '--', 'create', ...args], {
    env: { ...compileCache, PATH: process.env.PATH, DATABASE_URL: database.url, AUTH_SECRET: 'x'.repeat(40) },
  })
  child.stdin.end(stdin)
  const exited = new Promise((resolve) => child.on('exit', resolve))
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)])
  return { code: await exited, stdout, stderr }
}

/** Whether a stored hash is that of a password, at the cost that a real one has: salt and key in hexadecimal digits. */
function isHashOf(password: string, stored = ''): boolean {
  const [salt = '', key = ''] = stored.split(':')
  const cost = { N: 16_384, r: 16, p: 1, maxmem: 64 * 1024 ** 2 }
  return key.length === 128 && scryptSync(password, salt, 64, cost).toString('hex') === key
}

async function account(email: string) {
  return prisma.user.findUniqueOrThrow({ where: { email }, include: { accounts: true } })
}

it('makes an account with a generated password, which is all that stdout has', async () => {
  const result = await run(['--email', 'Sensei@example.test', '--name', 'Sensei', '--role', 'instructor'])
  expect(result).toMatchObject({ code: 0, stdout: expect.stringMatching(/^[\w-]{16}\n$/) })
  const user = await account('sensei@example.test')
  expect(user).toMatchObject({ name: 'Sensei', role: 'INSTRUCTOR' })
  expect(isHashOf(result.stdout.trim(), user.accounts[0]?.password ?? '')).toBe(true)
})

it('takes a password from standard input', async () => {
  const args = [
    '--email',
    'gakusei@example.test',
    '--name',
    'Gakusei',
    '--role',
    'student',
    '--password-stdin',
  ]
  expect(await run(args, 'long enough to be good\n')).toMatchObject({ code: 0, stdout: '' })
  const { accounts, role } = await account('gakusei@example.test')
  expect(role).toBe('STUDENT')
  expect(isHashOf('long enough to be good', accounts[0]?.password ?? '')).toBe(true)
  expect(await run(args, 'another password')).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('exists already'),
  })
})

it.each([
  ['an unknown role', ['--email', 'a@example.test', '--name', 'A', '--role', 'owner'], ''],
  ['no address', ['--email', 'a', '--name', 'A', '--role', 'student'], ''],
  [
    'a short password',
    ['--email', 'a@example.test', '--name', 'A', '--role', 'student', '--password-stdin'],
    'short',
  ],
])('refuses %s in one line', async (_what, args, stdin) => {
  const result = await run(args, stdin)
  expect([result.code, result.stdout]).toEqual([1, ''])
  expect(result.stderr.trim().split('\n')).toHaveLength(1)
})
