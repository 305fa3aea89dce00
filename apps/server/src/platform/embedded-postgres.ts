import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { join, resolve } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'
import pg from 'pg'
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
  /** Ends all connections, and PostgreSQL; resolves when its data is safely on disk. */
  stop(): Promise<void>
}

const run = promisify(execFile)
const database = 'app'
/** What a killed PostgreSQL leaves behind needs seconds to end before its data can be opened again. */
const startWithinMs = 60_000

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
  if (!existsSync(join(data, 'PG_VERSION'))) await initialise(place, account, command)

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
  return {
    url,
    async stop() {
      await command('pg_ctl', ['-D', data, '-m', 'fast', '-w', 'stop'])
    },
  }
}

/** The folder that PostgreSQL's account owns: `folder`, or root's private place where that account cannot get there. */
function preparePlace(folder: string, account: Account): string {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o755 })
    const substitute = account === null ? null : privatePlace(folder)
    // A substitute that holds data stays in use, or a change of the home's mode would seem to lose everything.
    const inUse = substitute !== null && existsSync(join(substitute, 'data'))
    const place = substitute !== null && (inUse || !isReachable(folder, account)) ? substitute : folder
    mkdirSync(place, { recursive: true, mode: 0o755 })
    if (account !== null) chownSync(place, account.uid, account.gid)
    else writeFileSync(join(place, '.writable'), '')
    return place
  } catch (error) {
    throw new StartupError(
      `データフォルダー ${folder} に書き込めません。権限を直すか、DATA_DIR に別のフォルダーを設定してください。`,
      `The data folder ${folder} cannot be written. Mend its permissions, or set DATA_DIR to another folder.`,
      { cause: error },
    )
  }
}

/** The superuser's password: drawn once, readable by its owner only, there before the data that it belongs to. */
function keepPassword(place: string, account: Account): string {
  const file = join(place, 'password')
  if (!existsSync(file)) {
    const part = `${file}.${process.pid}.part`
    writeFileSync(part, randomBytes(18).toString('base64url'), { mode: 0o600 })
    if (account !== null) chownSync(part, account.uid, account.gid)
    renameSync(part, file)
  }
  return readFileSync(file, 'utf8')
}

/** initdb beside the final place, then a rename: an interrupted start leaves nothing that looks finished. */
async function initialise(
  place: string,
  account: Account,
  command: (name: string, args: string[]) => Promise<unknown>,
): Promise<void> {
  const part = join(place, `data.${process.pid}.part`)
  rmSync(part, { recursive: true, force: true })
  if (account !== null) chownSync(place, account.uid, account.gid)
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
