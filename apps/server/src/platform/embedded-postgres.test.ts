import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded-postgres.ts'
import { StartupError } from './startup-error.ts'

let folder: string
let started: EmbeddedPostgres[]
let stranger: Server | null

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'taikai-embedded-'))
  await chmod(folder, 0o755)
  started = []
  stranger = null
})
afterEach(async () => {
  for (const each of started) await each.stop()
  stranger?.close()
  await rm(folder, { recursive: true, force: true })
})

async function start(): Promise<EmbeddedPostgres> {
  const postgres = await startEmbeddedPostgres(folder)
  started.push(postgres)
  return postgres
}

async function query(url: string, statement: string) {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(statement)).rows
  } finally {
    await client.end()
  }
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((listening, failed) => {
    server.once('error', failed)
    server.listen(port, '127.0.0.1', listening)
  })
}

const pidFile = () => readFile(join(folder, 'data/postmaster.pid'), 'utf8')
const pid = async () => Number((await pidFile()).split('\n')[0])

it('keeps its data when it is killed, and comes up again', async () => {
  const first = await start()
  await query(first.url, 'CREATE TABLE kept AS SELECT 42 AS answer')
  const killed = await pid()
  started = [] // it cannot be asked to stop any more
  process.kill(killed, 'SIGKILL')

  const second = await start()
  expect(await pid()).not.toBe(killed)
  expect(await query(second.url, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }])
})

it('is found when it is running already, and stops with its last user', async () => {
  const first = await start()
  const second = await start()
  expect(second.url).toBe(first.url)
  started = []
  await first.stop()
  expect(await query(second.url, 'SELECT 1 AS alive')).toEqual([{ alive: 1 }])
  await second.stop()
  await expect(query(second.url, 'SELECT 1')).rejects.toThrow()
})

it('does not take a stranger on its old port for itself', async () => {
  const first = await start()
  const port = Number(new URL(first.url).port)
  started = []
  process.kill(await pid(), 'SIGKILL') // its file with the port stays
  const server = createServer((socket) => socket.end())
  stranger = server
  await vi.waitFor(() => listen(server, port), { timeout: 20_000 })

  const second = await start()
  expect(new URL(second.url).port).not.toBe(String(port))
  expect(await query(second.url, 'SELECT 1 AS alive')).toEqual([{ alive: 1 }])
})

it('starts once when two ask at the same time', async () => {
  const both = await Promise.all([start(), start()])
  await vi.waitFor(async () => expect(await query(both[1].url, 'SELECT 1 AS alive')).toEqual([{ alive: 1 }]))
  expect(both[0].url).toBe(both[1].url)
})

it('says in one sentence of each language that its folder cannot be written', async () => {
  const file = join(folder, 'a-file')
  await writeFile(file, '')
  const failure = startEmbeddedPostgres(join(file, 'postgres'))
  await expect(failure).rejects.toThrow(StartupError)
  await expect(failure).rejects.toThrow(/書き込めません.*\n.*cannot be written/)
})
