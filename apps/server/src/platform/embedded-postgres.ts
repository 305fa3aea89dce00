import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { chownSync, existsSync, readFileSync, realpathSync, renameSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { join, resolve } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'
import pg from 'pg'
import { keepSecret, prepareDataFolder } from './data-folder.ts'
import {
  type Account,
  isReachable,
  postgresAccount,
  postgresHome,
  privatePlace,
} from './postgres-binaries.ts'
import { StartupError } from './startup-error.ts'

export type EmbeddedPostgres = {
  /** Of the database `app`, as its superuser. */
  url: string
  /** Stops PostgreSQL unless another process of ours still uses it; resolves when its data is safely on disk. */
  stop(): Promise<void>
}

const run = promisify(execFile)
const database = 'app'
/** What a killed PostgreSQL leaves behind needs seconds to end before its data can be opened again. */
const startWithinMs = 60_000
/** An advisory lock of the maintenance database: an arbitrary number of our own. */
const usersLock = 7_241_830

/**
 * Starts PostgreSQL on 127.0.0.1 with its data in `folder`, or finds it running there. Whatever else listens on its port is never
 * taken for it: the server must prove that it knows the password and has our data directory open.
 * Throws StartupError where the folder cannot be written or PostgreSQL does not come up.
 */
export async function startEmbeddedPostgres(folder: string): Promise<EmbeddedPostgres> {
  const account = postgresAccount()
  const home = postgresHome(account)
  const place = preparePlace(resolve(folder), account)
  const data = join(place, 'data')
  const command = (name: string, args: string[]) =>
    run(join(home, 'bin', name), args, { ...account, cwd: '/', env: { LC_ALL: 'C', PATH: process.env.PATH } })

  const password = keepPassword(place, account)
  if (!existsSync(join(data, 'PG_VERSION'))) await initialise(place, command)

  const log = join(place, 'server.log')
  const deadline = Date.now() + startWithinMs
  let url = await findRunning(data, password)
  while (url === null) {
    const settings = `-p ${await freePort()} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c max_connections=200`
    const start = command('pg_ctl', ['-D', data, '-w', '-t', '60', '-l', log, '-o', settings, 'start'])
    const failure: unknown = await start.then(
      () => null,
      (error: unknown) => error,
    )
    url = await findRunning(data, password)
    if (url === null && Date.now() > deadline) {
      throw new StartupError(
        `内蔵の PostgreSQL を起動できませんでした。${log} を確認してください。`,
        `The embedded PostgreSQL did not come up; see ${log}.`,
        { cause: failure },
      )
    }
    if (url === null) await delay(300)
  }
  await createDatabase(url)
  const users = await joinUsers(url)
  return {
    url,
    async stop() {
      if (await users.leave()) await command('pg_ctl', ['-D', data, '-m', 'fast', '-w', 'stop'])
    },
  }
}

/**
 * Notes in PostgreSQL itself that this process uses it: the command line may need the database while the service stops, and the
 * other way round. `leave` tells whether nobody else is left. The note goes with the process, however it ends.
 */
async function joinUsers(url: string): Promise<{ leave(): Promise<boolean> }> {
  const client = new pg.Client({ connectionString: maintenance(url) })
  // PostgreSQL may be stopped by somebody else: whoever needs it then says so itself.
  client.on('error', () => {})
  await client.connect()
  await client.query('SELECT pg_advisory_lock_shared($1)', [usersLock])
  return {
    async leave() {
      const { rows } = await client.query<{ alone: boolean }>(
        'SELECT pg_advisory_unlock_shared($1), pg_try_advisory_lock($1) AS alone',
        [usersLock],
      )
      await client.end()
      return rows[0]?.alone ?? false
    },
  }
}

/** The folder that PostgreSQL's account owns: `folder`, or root's private place where that account cannot get there. */
function preparePlace(folder: string, account: Account): string {
  prepareDataFolder(folder)
  if (account === null) return folder
  const substitute = privatePlace(folder)
  // A substitute that holds data stays in use, or a change of the home's mode would seem to lose everything.
  const inUse = existsSync(join(substitute, 'data'))
  const place = inUse || !isReachable(folder, account) ? substitute : folder
  prepareDataFolder(place)
  chownSync(place, account.uid, account.gid)
  return place
}

/** The superuser's password: there before the data that it belongs to. */
function keepPassword(place: string, account: Account): string {
  const password = keepSecret(place, 'password')
  if (account !== null) chownSync(join(place, 'password'), account.uid, account.gid)
  return password
}

/** initdb beside the final place, then a rename: an interrupted start leaves nothing that looks finished. */
async function initialise(
  place: string,
  command: (name: string, args: string[]) => Promise<unknown>,
): Promise<void> {
  const part = join(place, `data.${randomUUID()}.part`)
  await command('initdb', [
    ...['-D', part, '-U', 'app', '-A', 'scram-sha-256', '--pwfile', join(place, 'password')],
    ...['-E', 'UTF8', '--locale=C.UTF-8', '--data-checksums'],
  ])
  try {
    renameSync(part, join(place, 'data'))
  } catch (error) {
    rmSync(part, { recursive: true, force: true })
    if (!existsSync(join(place, 'data/PG_VERSION'))) throw error // otherwise another start was faster
  }
}

/** The address of the server that has `data` open; null where none has. */
async function findRunning(data: string, password: string): Promise<string | null> {
  const pidFile = join(data, 'postmaster.pid')
  if (!existsSync(pidFile)) return null
  // Lines of postmaster.pid: process id, data directory, start time, port, …
  const port = Number(readFileSync(pidFile, 'utf8').split('\n')[3])
  if (!Number.isInteger(port) || port <= 0) return null
  const url = `postgresql://app:${password}@127.0.0.1:${port}/${database}`
  const client = new pg.Client({ connectionString: maintenance(url), connectionTimeoutMillis: 5_000 })
  try {
    // SCRAM proves both sides: a stranger on this port does not know the password.
    await client.connect()
    const { rows } = await client.query<{ folder: string }>(
      "SELECT current_setting('data_directory') AS folder",
    )
    return rows[0] !== undefined && realpathSync(rows[0].folder) === realpathSync(data) ? url : null
  } catch {
    return null // left over by a killed server, still starting, or a stranger: the caller starts one and looks again
  } finally {
    await client.end().catch(() => {}) // it was never connected
  }
}

async function createDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: maintenance(url) })
  await client.connect()
  try {
    // Two that start at the same time would both find no database: one at a time looks and creates.
    await client.query("SELECT pg_advisory_lock(hashtext('taikai create database'))")
    const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [database])
    if (rowCount === 0) await client.query(`CREATE DATABASE ${database}`)
  } finally {
    await client.end()
  }
}

function maintenance(url: string): string {
  const address = new URL(url)
  address.pathname = '/postgres'
  return address.toString()
}

function freePort(): Promise<number> {
  return new Promise((found, failed) => {
    const server = createServer()
    server.once('error', failed)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() =>
        address !== null && typeof address === 'object' ? found(address.port) : failed(new Error('no port')),
      )
    })
  })
}
